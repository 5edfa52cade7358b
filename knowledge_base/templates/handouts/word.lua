-- Gives what pandoc would leave plain in Word its own style; word.py makes those styles.

local STYLES = {
  ['added'] = 'Added guidance', ['curator'] = 'Curator note', ['kb-curator'] = 'Curator note',
}

function Span(span)
  if span.classes:includes('small') then
    return { pandoc.LineBreak(), pandoc.Span(span.content, { ['custom-style'] = 'Small' }) }
  end
end

-- word.py put the drawing, made into dots, beside its source.
function CodeBlock(code)
  if not code.classes:includes('kb-svg') then return nil end
  local alt = code.attributes['alt'] or code.attributes['data-alt']
  return pandoc.Para({ pandoc.Image({ pandoc.Str(alt) }, code.attributes['picture'] or code.attributes['data-picture'], '', { width = '10.5cm' }) })
end

-- A figure's words below it stay words.
function Figure(figure)
  local all = figure.content:clone()
  for _, some in ipairs(figure.caption.long) do all:insert(pandoc.Div({ some }, { ['custom-style'] = 'Image Caption' })) end
  return all
end

local function facts(list)
  local rows = {}
  for _, item in ipairs(list.content) do
    local meanings = pandoc.Blocks({})
    for _, meaning in ipairs(item[2]) do meanings:extend(meaning) end
    table.insert(rows, { { pandoc.Plain({ pandoc.Strong(item[1]) }) }, meanings })
  end
  local none = { {}, {} }
  local drawn = pandoc.utils.from_simple_table(
    pandoc.SimpleTable({}, { 'AlignLeft', 'AlignLeft' }, { 0.25, 0.75 }, none, rows))
  drawn.head = pandoc.TableHead({})
  return drawn
end

function Div(div)
  if div.classes:includes('kb-facts') then return div:walk({ DefinitionList = facts }).content end
  if div.classes:includes('kb-label') then
    return div.content:walk({ Plain = function(some) return pandoc.Para({ pandoc.Strong(some.content) }) end })
  end
  for _, class in ipairs(div.classes) do
    if STYLES[class] then
      local style = { ['custom-style'] = STYLES[class] }
      -- The bar of a voice goes on beside its lists.
      return pandoc.Div(div.content:walk({
        Plain = function(some) return pandoc.Div({ pandoc.Para(some.content) }, style) end,
      }), style)
    end
  end
  return div.content
end

-- The name of a row is bold, and what is said of it in small print below is not.
local function bold(some)
  local name, rest = pandoc.Inlines({}), pandoc.Inlines({})
  for _, inline in ipairs(some.content) do
    (#rest == 0 and inline.t ~= 'LineBreak' and name or rest):insert(inline)
  end
  rest:insert(1, pandoc.Strong(name))
  return pandoc.Plain(rest)
end

-- word.py makes rows as high as the lines that these signs ask for; nobody types them.
function Table(drawn)
  local function mark(row)
    for _, cell in ipairs(row.cells) do
      for _, class in ipairs(cell.classes) do
        local lines = class:match('^kb%-form__room%-%-(%d+)$')
        if lines then cell.contents = { pandoc.Plain({ pandoc.Str(utf8.char(0xE000) .. lines) }) } end
      end
    end
  end
  for _, body in ipairs(drawn.bodies) do
    for _, row in ipairs(body.body) do
      for index, cell in ipairs(row.cells) do
        if index <= body.row_head_columns then
          cell.contents = cell.contents:walk({ Plain = bold })
        end
      end
      mark(row)
    end
  end
  return drawn
end
