// Salama on a clinic's page: <script src="https://host/widget.js" data-lang="fr" data-country="MA" data-color="#0b7285" defer></script>
// One button and one framed panel. Styles are set by script objects, so a strict style policy of the clinic is no hindrance.
(() => {
  "use strict";
  const WORDS = __WORDS__;
  const script = document.currentScript;
  if (!script || document.querySelector("salama-widget")) return;
  const home = new URL(script.src).origin;
  const asked = script.dataset.lang || document.documentElement.lang || "";
  const lang = [asked, asked.split("-")[0], "en"].find((tag) => Object.hasOwn(WORDS.languages, tag));
  const country = Object.hasOwn(WORDS.numbers, script.dataset.country || "") ? script.dataset.country : "";
  const color = /^#[0-9a-f]{6}$/i.test(script.dataset.color || "") ? script.dataset.color : "#0b7285";
  const words = WORDS.languages[lang];
  const LEVELS = ["self_care", "routine", "soon", "today", "emergency_department", "ambulance"];
  const KEY = "salama-widget-open";

  // Black or white letters, whichever can be read on the clinic's colour.
  const light = (at) => {
    const part = parseInt(color.slice(at, at + 2), 16) / 255;
    return part <= 0.03928 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4;
  };
  const ink = 0.2126 * light(1) + 0.7152 * light(3) + 0.0722 * light(5) > 0.179 ? "#000" : "#fff";

  const make = (tag, attributes, text) => {
    const element = document.createElement(tag);
    for (const [name, value] of Object.entries(attributes)) element.setAttribute(name, value);
    if (text) element.textContent = text;
    return element;
  };

  const host = make("salama-widget", { lang, dir: words.dir });
  const shadow = host.attachShadow({ mode: "open" });
  const sheet = new CSSStyleSheet();
  sheet.replaceSync(`
    :host { all: initial; }
    * { box-sizing: border-box; font-family: system-ui, sans-serif; }
    button { font-size: 17px; font-weight: 600; border: 2px solid ${ink}; background: ${color}; color: ${ink}; cursor: pointer; min-height: 48px; }
    button:focus-visible, iframe:focus-visible { outline: 3px solid #000; outline-offset: 2px; box-shadow: 0 0 0 6px #fff; }
    .open { position: fixed; inset-block-end: 16px; inset-inline-end: 16px; z-index: 2147483000; border-radius: 28px; padding: 12px 20px; box-shadow: 0 2px 10px rgb(0 0 0 / 35%); }
    .panel { position: fixed; inset-block-end: 16px; inset-inline-end: 16px; z-index: 2147483001; width: 420px; height: min(720px, calc(100vh - 32px)); max-width: calc(100vw - 32px); display: flex; flex-direction: column; background: #fff; color: #16262e; border: 2px solid ${color}; border-radius: 14px; overflow: hidden; box-shadow: 0 4px 24px rgb(0 0 0 / 40%); }
    .bar { display: flex; justify-content: space-between; align-items: center; background: ${color}; color: ${ink}; font-size: 18px; font-weight: 700; padding: 2px 6px 2px 14px; }
    .bar button { border: 0; padding: 0 12px; min-width: 48px; }
    iframe { border: 0; flex: 1; width: 100%; }
    .failed { padding: 16px; font-size: 18px; line-height: 1.5; }
    [hidden] { display: none !important; }
    @media (max-width: 600px) { .panel { inset: 0; width: 100%; height: 100%; max-width: none; border: 0; border-radius: 0; } }
  `);
  shadow.adoptedStyleSheets = [sheet];

  const opener = make("button", { type: "button", class: "open", "aria-haspopup": "dialog", "aria-expanded": "false" }, words.button);
  const panel = make("div", { class: "panel", role: "dialog", "aria-modal": "true", "aria-label": "Salama", hidden: "" });
  const bar = make("div", { class: "bar" });
  const closer = make("button", { type: "button" }, words.close);
  const failed = make("p", { class: "failed", role: "alert", hidden: "" });
  const frame = make("iframe", {
    title: words.button,
    sandbox: "allow-scripts allow-same-origin allow-forms allow-popups allow-popups-to-escape-sandbox allow-modals",
    referrerpolicy: "no-referrer",
  });
  // The two ends of the panel send the focus round, because a frame keeps its own keys to itself.
  const before = make("span", { tabindex: "0", "aria-hidden": "true" });
  const after = make("span", { tabindex: "0", "aria-hidden": "true" });
  bar.append(make("span", {}, "Salama"), closer);
  panel.append(before, bar, failed, frame, after);
  shadow.append(opener, panel);

  const remember = (open) => {
    try {
      sessionStorage.setItem(KEY, open ? "1" : "0");
    } catch {
      // A clinic's page without storage forgets; nothing else depends on it.
    }
  };
  const remembered = () => {
    try {
      return sessionStorage.getItem(KEY) === "1";
    } catch {
      return false;
    }
  };

  let ready = false;
  const fail = () => {
    if (ready) return;
    const number = WORDS.numbers[country] || words.unknown;
    failed.textContent = `${words.banner.replace("{number}", number)}. ${words.failed}`;
    failed.hidden = false;
    frame.hidden = true;
  };
  const show = (focus) => {
    if (!frame.src) {
      frame.src = `${home}/embed/?lang=${lang}${country && `&country=${country}`}`;
      setTimeout(fail, Number(script.dataset.patience) || 20000);
    }
    panel.hidden = false;
    opener.hidden = true;
    opener.setAttribute("aria-expanded", "true");
    remember(true);
    if (focus) closer.focus();
  };
  const hide = () => {
    if (panel.hidden) return;
    panel.hidden = true;
    opener.hidden = false;
    opener.setAttribute("aria-expanded", "false");
    remember(false);
    opener.focus();
  };

  opener.addEventListener("click", () => show(true));
  closer.addEventListener("click", hide);
  before.addEventListener("focus", () => (frame.hidden ? closer : frame).focus());
  after.addEventListener("focus", () => closer.focus());
  panel.addEventListener("keydown", (event) => {
    if (event.key === "Escape") hide();
  });
  window.addEventListener("message", (event) => {
    if (event.origin !== home || event.source !== frame.contentWindow || typeof event.data !== "object" || !event.data) return;
    const { salama, disposition } = event.data;
    const tell = (detail) => host.dispatchEvent(new CustomEvent(`salama:${salama}`, { bubbles: true, composed: true, detail }));
    if (salama === "ready") {
      ready = true;
      failed.hidden = true;
      frame.hidden = false;
    } else if (salama === "close") hide();
    else if (salama === "disposition" && LEVELS.includes(disposition)) tell({ disposition });
    else if (salama === "handoff") tell({});
  });

  document.body.append(host);
  if (remembered()) show(false);
})();
