// Keeps the page usable without eyes and in both directions; holds no words and keeps nothing.
(() => {
  const find = (selector) => document.querySelector(selector);
  const root = document.documentElement;
  const touch = window.matchMedia("(pointer: coarse)");
  let card = null;
  let question = null;
  let handoff = false;

  // Shows as much of an element as fits between the banner and the box for writing, its beginning before its end.
  const show = (first, last) => {
    const banner = find("#sal-banner");
    const write = find("#sal-write");
    const above = banner ? banner.getBoundingClientRect().bottom : 0;
    const below = write && getComputedStyle(write).position === "sticky" ? write.offsetHeight : 0;
    const top = first.getBoundingClientRect().top - Math.max(above, 0) - 12;
    const bottom = last.getBoundingClientRect().bottom - (window.innerHeight - below) + 12;
    window.scrollBy({ top: bottom <= 0 && top >= 0 ? 0 : Math.min(top, Math.max(bottom, 0) || top), behavior: "instant" });
  };

  const tell = (name, detail) => {
    // The clinic's page learns what happened, never what was written; who may frame us is set by our policy.
    if (window.parent !== window) window.parent.postMessage({ salama: name, ...detail }, "*");
  };

  const follow = () => {
    const header = find(".sal-header");
    if (!header) return;
    if (root.lang !== header.lang) root.lang = header.lang;
    if (root.dir !== header.dir) root.dir = header.dir;
    document.body.classList.remove("dark");
    const first = find("#sal-first");
    if (first) {
      first.remove();
      tell("ready", {});
    }
    const log = find("#sal-chat [role=log]");
    if (log && log.getAttribute("aria-label") !== "Salama") log.setAttribute("aria-label", "Salama");
    const live = find("#sal-question");
    if (live && !live.hasAttribute("aria-live")) live.setAttribute("aria-live", "polite");
    for (const message of document.querySelectorAll("#sal-chat [data-testid][aria-label]")) message.removeAttribute("aria-label");
  };

  const look = () => {
    follow();
    const newCard = find("#sal-alert section") || find("#sal-card section");
    const newQuestion = find("#sal-question section");
    const cardKey = newCard ? newCard.dataset.turn + newCard.dataset.disposition : null;
    const questionKey = newQuestion ? newQuestion.dataset.turn : null;
    const changed = cardKey !== card || questionKey !== question;
    card = cardKey;
    question = questionKey;
    if (changed && cardKey) {
      newCard.focus({ preventScroll: true });
      show(newCard, newQuestion ? find("#sal-chips") : newCard);
      tell("disposition", { disposition: newCard.dataset.disposition });
    } else if (changed && questionKey) {
      const active = document.activeElement;
      // The keyboard of a phone would cover the answers; a chip that was tapped is gone or says something else.
      if (touch.matches || active === document.body || !active || active.closest("#sal-chips, #sal-several")) {
        newQuestion.focus({ preventScroll: true });
      }
      requestAnimationFrame(() => show(newQuestion, find("#sal-chips")));
    }
    const summary = find(".sal-handoff");
    if (summary && !handoff) {
      summary.focus({ preventScroll: true });
      show(summary, summary);
      tell("handoff", {});
    }
    handoff = Boolean(summary);
  };

  let waiting = false;
  const soon = () => {
    if (waiting) return;
    waiting = true;
    setTimeout(() => {
      waiting = false;
      look();
    }, 30);
  };
  const start = () => {
    new MutationObserver(soon).observe(document.body, { childList: true, subtree: true, characterData: true });
    document.addEventListener("click", (event) => {
      if (event.target.closest(".sal-print")) window.print();
    });
    document.addEventListener("toggle", (event) => {
      if (event.target.id === "sal-person" && event.target.open) tell("handoff", {});
    }, true);
    document.addEventListener("keydown", (event) => {
      if (event.key === "Escape" && !event.defaultPrevented) tell("close", {});
    });
  };
  if (document.body) start();
  else document.addEventListener("DOMContentLoaded", start);
})();
