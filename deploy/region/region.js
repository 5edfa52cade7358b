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
  // server that says that all is well: only an index names its version.
  const answers = async (site) => {
    const entry = new URL("search/pagefind-entry.json", site.url);
    const answer = await fetch(entry, { cache: "no-store", signal: AbortSignal.timeout(PATIENCE) });
    return Boolean((await answer.json()).version);
  };
  const chosen = sites.filter(({ name }) => !where.value || name === where.value);
  const there = await Promise.all(chosen.map((site) => answers(site).catch(() => false)));
  const answered = chosen.filter((_, at) => there[at]);
  const others = chosen.filter((_, at) => !there[at]).map(({ name }) => name);
  const missing = others.length ? ` Not searched, since it did not answer: ${others.join(", ")}.` : "";
  if (!answered.length) {
    status.textContent = `The search cannot be reached.${missing}`;
    return;
  }
  // Pagefind comes from the first, and the others are added to it.
  const options = (site) => ({ baseUrl: site.url.pathname, mergeFilter: { site: site.name } });
  const [first, ...rest] = answered;
  const pagefind = await import(new URL("search/pagefind.js", first.url));
  await pagefind.options(options(first));
  await pagefind.init();
  await Promise.all(rest.map((site) => pagefind.mergeIndex(new URL("search/", site.url).href, options(site))));

  // In a site that has not the word Pagefind takes the beginning of it, as short as need be. So the best page of each
  // site is looked at: does it hold most letters of every word? Else the site has nothing.
  const wanted = words.value.toLowerCase().match(/[\p{L}\p{N}]+/gu) ?? [];
  const holds = (page, word) => {
    const all = page.content.toLowerCase().split(/\s+/);
    return page.locations.some((at) => all[at]?.includes(word.slice(0, Math.ceil(0.7 * word.length))));
  };
  const found = await Promise.all(answered.map(async ({ name }) => {
    const { results } = await pagefind.search(words.value, { filters: { site: name } });
    const best = await results[0]?.data().catch(() => null);
    const has = best && wanted.every((word) => holds(best, word));
    return has ? results.map((result) => ({ ...result, site: name })) : [];
  }));
  const results = found.flat().sort((one, other) => other.score - one.score);

  // --- showing ------------------------------------------------------------------------------------------

  const make = (tag, ...parts) => {
    const made = document.createElement(tag);
    made.append(...parts);
    return made;
  };
  // An excerpt is no HTML but for its marks, each around a word.
  const plain = (text) => text.replaceAll("&lt;", "<").replaceAll("&gt;", ">").replaceAll("&amp;", "&");
  const marked = (text) => text.split(/<\/?mark>/).map((part, at) => (at % 2 ? make("mark", plain(part)) : plain(part)));

  const show = async () => {
    const shown = list.children.length;
    const next = results.slice(shown, shown + AT_A_TIME);
    const pages = await Promise.all(next.map((result) => result.data().catch(() => null)));
    const items = pages.map((page, at) => {
      if (!page) return make("li", "A page that cannot be shown just now.");
      const link = Object.assign(make("a", page.meta.title), { href: page.url });
      // Words by which a page is found without showing them stand under a heading of this name.
      const section = page.sub_results.find(({ anchor }) => anchor?.id !== "kb-keywords");
      const about = section?.excerpt ?? page.meta.summary ?? "";
      return make("li", make("p", link, ` – ${next[at].site}`), make("p", ...marked(about)));
    });
    list.append(...items);
    more.hidden = list.children.length >= results.length;
    return items[0];
  };
  more.addEventListener("click", async () => {
    const first = await show();
    first?.querySelector("a")?.focus(); // where reading goes on
  });
  await show();
  const count = results.length === 1 ? "1 page" : `${results.length.toLocaleString("en-GB")} pages`;
  status.textContent = `${results.length ? count : "No page"} found for “${words.value.trim()}”.${missing}`;
})();
