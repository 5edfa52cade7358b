-- Links within the site, written site:ADDRESS#PLACE, for Word and EPUB: to the place where it stands in this file;
-- else to the page on the web, where the site's address is known; else they are text.

local here, site = {}, ''

local function collect(some)
  if some.identifier ~= '' then here[some.identifier] = true end
end

local function resolve(link)
  local address, place = link.target:match('^site:([^#]*)#(.*)$')
  if not address then return nil end
  local anchor = place ~= '' and '#' .. place or ''
  local mark = address:gsub('/$', ''):gsub('/', '.') .. (place ~= '' and ':' .. place or '')
  if here[mark] then
    link.target = '#' .. mark
  elseif site ~= '' then
    link.target = site .. address .. anchor
  else
    return link.content
  end
  return link
end

function Pandoc(doc)
  site = pandoc.utils.stringify(doc.meta.site or '')
  doc.meta.site = nil
  doc:walk({ Header = collect, Div = collect, Span = collect, Table = collect })
  return doc:walk({ Link = resolve })
end
