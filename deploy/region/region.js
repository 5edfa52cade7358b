/* One search over the sites that this page lists. Each keeps its own index; Pagefind, which comes with the sites, asks
   all of them and puts what they find into one order. Which sites there are is read from the page itself.

   What is looked for stands in the address, so that a search can be sent on, and the way back leads back to it. */
(async () => {
  "use strict";

  const AT_A_TIME = 10; // results, each of which is a file to fetch
  const PATIENCE = 10_000; // milliseconds to wait for a site
  const form = document.querySelector("form");
  const [status, list, more] = ["[role=status]", "ol", "ol + p button"].map((name) => document.querySelector(name));
  const sites = [...document.querySelectorAll("#sites a")].map((link) => ({ name: link.textContent, url: new URL(link.href) }));

  const { words, where } = form.elements;
  where.append(...sites.map((site) => new Option(site.name)));
  // A policy for the sites forbids that forms are sent anywhere; to go to an address is no sending.
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    location.search = new URLSearchParams(new FormData(form));
  });
  form.hidden = false;
  const asked = new URLSearchParams(location.search);
  words.value = asked.get("words") ?? "";
  where.value = asked.get("where") ?? "";
  if (where.selectedIndex < 0) where.value = ""; // a site that is listed no more
  if (!words.value.trim()) return;
  status.closest("section").hidden = false;
  status.textContent = "Searching …";

  // --- asking -------------------------------------------------------------------------------------------

  // A site may be down, and Pagefind would wait for it for ever. What is not there may be answered with a page, by a
  // server that says that all is well: only an index names its version. It says as well in how many parts it lies, and
  // which words most pages have, the rarest first.
  const entryOf = async (site) => {
    const entry = new URL("search/pagefind-entry.json", site.url);
    const answer = await fetch(entry, { cache: "no-store", signal: AbortSignal.timeout(PATIENCE) });
    const { version, parts = 1, everywhere = "" } = await answer.json();
    return { parts: version ? parts : 0, everywhere: everywhere.split(" ").filter(Boolean) };
  };
  const chosen = sites.filter(({ name }) => !where.value || name === where.value);
  const none = { parts: 0, everywhere: [] };
  const entries = await Promise.all(chosen.map((site) => entryOf(site).catch(() => none)));
  const answered = chosen.filter((_, at) => entries[at].parts);
  const others = chosen.filter((_, at) => !entries[at].parts).map(({ name }) => name);
  const missing = others.length ? ` Not searched, since it did not answer: ${others.join(", ")}.` : "";
  if (!answered.length) {
    status.textContent = `The search cannot be reached.${missing}`;
    return;
  }
  // Pagefind comes from the first, and the others are added to it.
  const options = (site) => ({ baseUrl: site.url.pathname });
  const inParts = (site, count) =>
    Array.from({ length: count }, (_, at) => ({ site, url: new URL(at ? `search/${at}/` : "search/", site.url).href }));
  const [, ...rest] = chosen.flatMap((site, at) => inParts(site, entries[at].parts));
  const [first] = answered;
  const pagefind = await import(new URL("search/pagefind.js", first.url));
  await pagefind.options(options(first));
  await pagefind.init();
  await Promise.all(rest.map(({ site, url }) => pagefind.mergeIndex(url, options(site))));

  // As in the box of a site: words of most pages tell nothing beside others, and take longest to fetch and to look for.
  // So they are looked for by themselves only, the two rarest. A site tells of none if it is small.
  const lists = entries.map(({ everywhere }) => everywhere).filter((list) => list.length);
  const ofMostPages = (lists[0] ?? []).filter((word) => lists.every((list) => list.includes(word)));
  const bare = (word = "") => word.toLowerCase().replace(/^[^\p{L}\p{N}]+|[^\p{L}\p{N}]+$/gu, "");
  const typed = words.value.split(/\s+/).filter(bare);
  // With its number "als" is a name, on whatever pages it stands.
  const rarer = typed.filter((word, at) => !ofMostPages.includes(bare(word)) || /^\d+$/.test(bare(typed[at + 1])));
  const rarest = ofMostPages.filter((word) => typed.map(bare).includes(word)).slice(0, 2);
  const exact = words.value.includes('"'); // Pagefind's own sign for words that follow each other
  const text = exact ? words.value : (rarer.length ? rarer : rarest).join(" ");
  const { results } = await pagefind.search(text);

  // --- showing ------------------------------------------------------------------------------------------

  const make = (tag, ...parts) => {
    const made = document.createElement(tag);
    made.append(...parts);
    return made;
  };
  // An excerpt is no HTML but for its marks, each around a word.
  const plain = (text) => text.replaceAll("&lt;", "<").replaceAll("&gt;", ">").replaceAll("&amp;", "&");
  const marked = (text) => text.split(/<\/?mark>/).map((part, at) => (at % 2 ? make("mark", plain(part)) : plain(part)));

  const siteOf = (url) => sites.find((site) => url.startsWith(site.url.pathname)).name;

  // In an index that has not a word Pagefind takes the beginning of it, as short as need be, and ranks low what it finds.
  // So a page counts if it holds most letters of every word; and where none of many does, those after them do not.
  const wanted = text.toLowerCase().match(/[\p{L}\p{N}]+/gu) ?? [];
  const holds = (page) => {
    const all = page.content.toLowerCase().split(/\s+/);
    const found = page.locations.map((at) => all[at]); // of a very long page only the first words go along
    const most = (word) => word.slice(0, Math.ceil(0.7 * word.length));
    return wanted.every((word) => found.some((other) => other?.includes(most(word)) ?? true));
  };

  let looked = 0;
  const show = async () => {
    const items = [];
    while (items.length < AT_A_TIME && looked < results.length) {
      const next = results.slice(looked, looked + AT_A_TIME);
      const pages = await Promise.all(next.map((result) => result.data().catch(() => null)));
      const held = pages.filter((page) => page && holds(page));
      items.push(...held.map(item));
      looked = held.length ? looked + AT_A_TIME : results.length;
    }
    list.append(...items);
    more.hidden = looked >= results.length;
    const count = list.children.length === 1 ? "1 page" : `${list.children.length || "No"} pages`;
    status.textContent = `${count} found for “${words.value.trim()}”${more.hidden ? "." : ", and there are more."}${missing}`;
    return items[0];
  };
  const item = (page) => {
    const link = Object.assign(make("a", page.meta.title), { href: page.url });
    // Words by which a page is found without showing them stand under a heading of this name.
    const section = page.sub_results.find(({ anchor }) => anchor?.id !== "kb-keywords");
    const about = section?.excerpt ?? page.meta.summary ?? "";
    return make("li", make("p", link, ` – ${siteOf(page.url)}`), make("p", ...marked(about)));
  };
  more.addEventListener("click", async () => {
    const first = await show();
    first?.querySelector("a")?.focus(); // where reading goes on
  });
  await show();
})();
