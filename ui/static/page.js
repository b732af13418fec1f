// Keeps the page usable without eyes and in both directions: new cards get the focus, the page follows the language.
(() => {
  let seen = null;
  let count = 0;
  const look = () => {
    const header = document.querySelector(".sal-header");
    if (header) {
      document.documentElement.lang = header.lang;
      document.documentElement.dir = header.dir;
    }
    const card = document.querySelector("#sal-alert section") || document.querySelector("#sal-card section");
    const words = card ? card.dataset.disposition + card.textContent : null;
    const messages = document.querySelectorAll("#sal-chat .message-row, #sal-chat .message");
    if (card && words !== seen) {
      card.focus({ preventScroll: true });
      card.scrollIntoView({ block: "center" });
    } else if (messages.length > count && count > 0) {
      messages[messages.length - 1].scrollIntoView({ block: "center" });
    }
    seen = words;
    count = messages.length;
  };
  const start = () => new MutationObserver(look).observe(document.body, { childList: true, subtree: true });
  if (document.body) start();
  else document.addEventListener("DOMContentLoaded", start);
})();
