-- What pandoc's Typst writer would lose or draw without care becomes a call of handout.typ, which knows the look.

local function text(value)
  local safe = value:gsub('\\', '\\\\'):gsub('"', '\\"'):gsub('\n', '\\n')
  return '"' .. safe .. '"'
end

local function set(blocks)
  -- Unbroken, and a list on a line of its own: a list goes on only where a line is indented more than its sign.
  local written = pandoc.write(pandoc.Pandoc(blocks), 'typst+smart', { wrap_text = 'none' }):gsub('%s+$', '')
  return (written:match('^[-+]%s') and '\n' or '') .. written
end

local function block(name, blocks, more)
  local all = pandoc.Blocks({ pandoc.RawBlock('typst', '#' .. name .. '(' .. (more or '') .. ')[') })
  all:extend(blocks)
  all:insert(pandoc.RawBlock('typst', ']'))
  return all
end

-- The empty string keeps what begins like "7. " from being taken for an item of a list, which no link can hold.
local function inline(name, inlines)
  local all = pandoc.Inlines({ pandoc.RawInline('typst', '#' .. name .. '[#"";') })
  all:extend(inlines)
  all:insert(pandoc.RawInline('typst', ']'))
  return all
end

function Link(link)
  local address, place = link.target:match('^site:([^#]*)#(.*)$')
  if not address then return nil end
  return inline('kb-link(' .. text(address) .. ', ' .. text(place) .. ')', link.content)
end

-- A picture stands in the file itself too, sign by sign: Typst looks at no other file.
function Image(image)
  local _, content = pandoc.mediabag.fetch(image.src)
  local signs = {}
  for position = 1, #content do signs[position] = content:byte(position) end
  local alt = pandoc.utils.stringify(image.caption)
  return pandoc.RawInline('typst', '#kb-picture((' .. table.concat(signs, ',') .. ',), ' .. text(alt) .. ')')
end

function Span(span)
  if span.classes:includes('small') then return inline('kb-small', span.content) end
end

-- The drawing stands in the file itself, so that nothing has to be looked up; what it shows in words goes with it.
function CodeBlock(code)
  if not code.classes:includes('kb-svg') then return nil end
  local alt = code.attributes['alt'] or code.attributes['data-alt']
  return pandoc.RawBlock('typst', '#kb-drawing(' .. text(code.text) .. ', ' .. text(alt) .. ')')
end

local BOXES = {
  ['added'] = 'kb-added', ['curator'] = 'kb-curator', ['kb-curator'] = 'kb-curator', ['kb-facts'] = 'kb-facts',
  ['kb-cited'] = 'kb-cited', ['kb-work'] = 'kb-work', ['kb-label'] = 'kb-label',
}

-- In two columns, of which Typst itself would fill the first to the foot of the page.
local function halves(items)
  local one, other = pandoc.List(), pandoc.List()
  for index, item in ipairs(items) do
    (index <= math.ceil(#items / 2) and one or other):insert(item)
  end
  local function column(some) return '[' .. (#some > 0 and set({ pandoc.BulletList(some) }) or '') .. ']' end
  return pandoc.RawBlock('typst', '#kb-sources(' .. column(one) .. ', ' .. column(other) .. ')')
end

function Div(div)
  for _, class in ipairs(div.classes) do
    if BOXES[class] == 'kb-facts' then
      -- Room between the facts and the sentences around them.
      local all = pandoc.Blocks({})
      for index, some in ipairs(div.content) do
        if index > 1 and some.t == 'Para' and div.content[index - 1].t == 'RawBlock' then
          all:insert(pandoc.RawBlock('typst', '#v(0.7em, weak: false)'))
        end
        all:insert(some)
        if index == 1 and some.t == 'Para' then all:insert(pandoc.RawBlock('typst', '#v(0.4em, weak: false)')) end
      end
      return block('kb-facts', all)
    end
    if BOXES[class] then return block(BOXES[class], div.content) end
    if class == 'kb-sources' then return halves(div.content[1].content) end
  end
  return div.content
end

-- What announces a list or a table is never left alone at the foot of a page.
function Blocks(blocks)
  local all = pandoc.Blocks({})
  for index, some in ipairs(blocks) do
    local next = blocks[index + 1]
    if some.t == 'Para' and next and pandoc.utils.stringify(some):match(':$')
      and (next.t == 'BulletList' or next.t == 'OrderedList' or next.t == 'RawBlock') then
      all:extend(block('kb-lead', { some }))
    else
      all:insert(some)
    end
  end
  return all
end

function Figure(figure)
  return block('kb-figure', figure.content, set(figure.caption.long) ~= '' and 'caption: [' .. set(figure.caption.long) .. ']')
end

function DefinitionList(list)
  local all = pandoc.Blocks({})
  for _, item in ipairs(list.content) do
    local meanings = pandoc.Blocks({})
    for _, meaning in ipairs(item[2]) do meanings:extend(meaning) end
    all:extend(block('kb-term', meanings, '[' .. set({ pandoc.Plain(item[1]) }) .. ']'))
  end
  return all
end

local function cell(drawn, heads)
  local inside = set(drawn.contents)
  for _, class in ipairs(drawn.classes) do
    local lines = class:match('^kb%-form__room%-%-(%d+)$')
    if lines then return 'kb-room(' .. lines .. ')' end
    if class == 'kb-form__tick' then return 'kb-tick' end
  end
  if heads then inside = '#kb-head[' .. inside .. ']' end
  if drawn.col_span > 1 then return 'table.cell(colspan: ' .. drawn.col_span .. ')[' .. inside .. ']' end
  return '[' .. inside .. ']'
end

local function rows(all, heads)
  local written = {}
  for _, row in ipairs(all) do
    local cells = {}
    for index, drawn in ipairs(row.cells) do
      table.insert(cells, cell(drawn, index <= heads or drawn.col_span > 1))
    end
    local quiet = row.classes:includes('kb-break') and 'true' or 'false'
    table.insert(written, '(quiet: ' .. quiet .. ', cells: (' .. table.concat(cells, ', ') .. ',))')
  end
  return '(' .. table.concat(written, ', ') .. (#written > 0 and ',)' or ')')
end

function Table(drawn)
  local kind = ''
  for _, class in ipairs({ 'kb-form', 'kb-run-sheet' }) do
    if drawn.classes:includes(class) then kind = class end
  end
  local body, widest = {}, {}
  local heads = 0
  for _, part in ipairs(drawn.bodies) do
    -- A row that names the rows below it is a head to pandoc.
    for _, row in ipairs(part.head) do table.insert(body, row) end
    for _, row in ipairs(part.body) do table.insert(body, row) end
    heads = math.max(heads, part.row_head_columns)
  end
  -- A column that holds much gets much of the width.
  for _, group in ipairs({ drawn.head.rows, body, drawn.foot.rows }) do
    for _, row in ipairs(group) do
      for index, some in ipairs(row.cells) do
        if some.col_span == 1 then
          widest[index] = math.max(widest[index] or 0, #pandoc.utils.stringify(some.contents))
        end
      end
    end
  end
  return pandoc.RawBlock('typst', string.format(
    '#kb-table(kind: %s, widest: (%s,), caption: [%s], head: %s, body: %s, foot: %s)',
    text(kind), table.concat(widest, ', '), set(drawn.caption.long), rows(drawn.head.rows, 0), rows(body, heads),
    rows(drawn.foot.rows, 1)))
end
