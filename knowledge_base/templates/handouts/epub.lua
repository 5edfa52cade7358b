-- For EPUB: drawings become files of their own, with what they show in words.

local number = 0

function CodeBlock(code)
  if not code.classes:includes('kb-svg') then return nil end
  number = number + 1
  local name = 'drawing-' .. number .. '.svg'
  pandoc.mediabag.insert(name, 'image/svg+xml', code.text)
  return pandoc.Para({ pandoc.Image({ pandoc.Str(code.attributes['alt'] or code.attributes['data-alt']) }, name) })
end

function Span(span)
  if span.classes:includes('small') then return { pandoc.LineBreak(), span } end
end
