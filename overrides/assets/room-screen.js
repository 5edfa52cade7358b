// The screen of a machine that shows a run sheet in the room: filled while the view is open, and kept from going dark.
// Neither is given everywhere; then the view fills the window, and the screen goes dark as it would anyhow.
(() => {
  "use strict";

  let room, awake;

  async function stayAwake() {
    if (document.hidden || !room?.open) return;
    try {
      awake = await navigator.wakeLock?.request("screen");
      if (!room.open) awake?.release();
    } catch {
      // Not allowed here, or the battery is low.
    }
  }

  // The browser takes the lock away whenever the page is hidden.
  document.addEventListener("visibilitychange", stayAwake);
  // In full screen the browser keeps Escape for itself.
  document.addEventListener("fullscreenchange", () => {
    if (!document.fullscreenElement && room?.open) room.close();
  });

  function leave() {
    awake?.release();
    if (document.fullscreenElement) document.exitFullscreen();
  }

  /** Shows a dialog on the whole screen, until it is closed. */
  window.kbShowOnScreen = async (dialog) => {
    room = dialog;
    room.addEventListener("close", leave, { once: true });
    try {
      await document.documentElement.requestFullscreen?.(); // a dialog itself may not; and first, to lie below it
    } catch {
      // Not allowed here.
    }
    room.showModal();
    stayAwake();
  };
})();
