/* Stands in for a worker where the site is opened from disk: there browsers start none, and the theme's search is one.
   Its script runs in a hidden frame instead, and of a worker there is what search uses: messages in, messages out.
   From a web server this does nothing.

   The theme's offline plugin leaves out a script of another host where it finds iframe-worker in a file's name. */
(() => {
  "use strict";

  if (location.protocol !== "file:") return;

  const loaded = (node) => new Promise((done) => node.addEventListener("load", done, { once: true }));

  class FrameWorker extends EventTarget {
    constructor(script) {
      super();
      this.script = new URL(script, document.baseURI).href;
    }

    // A worker gets a copy of what it is sent, and later: whoever sends may go on with the original.
    postMessage(message) {
      const data = structuredClone(message);
      this.room ??= this.open(); // not before it is needed: most pages are read without searching
      const deliver = (room) => room.dispatchEvent(new MessageEvent("message", { data }));
      this.room.then((room) => setTimeout(deliver, 0, room)); // each by itself, as a worker gets them
    }

    async open() {
      // What a frame shows without an address belongs to the page that made it. With an address from disk it would be
      // a stranger, and neither could reach the other.
      const frame = Object.assign(document.createElement("iframe"), { hidden: true, srcdoc: "<!doctype html>" });
      const empty = loaded(frame);
      document.body.append(frame);
      await empty;
      const room = frame.contentWindow;
      room.postMessage = (answer) =>
        this.dispatchEvent(new MessageEvent("message", { data: structuredClone(answer) }));
      const script = Object.assign(room.document.createElement("script"), { src: this.script });
      const running = loaded(script);
      room.document.head.append(script);
      await running;
      return room;
    }
  }

  window.Worker = FrameWorker;
})();
