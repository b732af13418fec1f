// Salama on a clinic's page: <script src="https://host/widget.js" data-lang="fr" data-country="MA" data-color="#0b7285" defer></script>
// One button and one framed panel. Styles are set by script objects, so a strict style policy of the clinic is no hindrance.
(() => {
  "use strict";
  const WORDS = __WORDS__;
  const script = document.currentScript || document.querySelector('script[src*="/widget.js"]');
  // A page that loads the script twice gets one button.
  if (!script || document.querySelector("salama-widget")) return;
  const home = new URL(script.src).origin;
  const asked = script.dataset.lang || document.documentElement.lang || "";
  const spoken = Object.keys(WORDS.languages);
  const lang = [asked, asked.split("-")[0], spoken[0]].find((tag) => spoken.includes(tag));
  const country = Object.hasOwn(WORDS.numbers, script.dataset.country || "") ? script.dataset.country : "";
  const own = /^#[0-9a-f]{6}$/i.test(script.dataset.color || "");
  const color = own ? script.dataset.color : WORDS.color;
  const words = WORDS.languages[lang];
  const LEVELS = ["self_care", "routine", "soon", "today", "emergency_department", "ambulance"];
  const KEY = "salama-widget-open";

  // Black or white letters, whichever can be read on the colour of the page.
  const light = (at) => {
    const part = parseInt(color.slice(at, at + 2), 16) / 255;
    return part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4;
  };
  const best = 0.2126 * light(1) + 0.7152 * light(3) + 0.0722 * light(5) > 0.179 ? "#000" : "#fff";
  const ink = own ? best : WORDS.ink;

  const make = (tag, attributes, ...inside) => {
    const element = document.createElement(tag);
    for (const [name, value] of Object.entries(attributes)) element.setAttribute(name, value);
    element.append(...inside);
    return element;
  };

  const host = make("salama-widget", { lang, dir: words.dir });
  const shadow = host.attachShadow({ mode: "open" });
  const sheet = new CSSStyleSheet();
  sheet.replaceSync(`
    :host { all: initial; }
    * { box-sizing: border-box; font-family: system-ui, sans-serif; }
    button { font-size: 17px; font-weight: 600; border: 2px solid ${ink}; background: ${color}; color: ${ink}; cursor: pointer; min-height: 48px; }
    button:focus-visible, iframe:focus-visible, a:focus-visible { outline: 3px solid #000; outline-offset: 2px; box-shadow: 0 0 0 6px #fff; }
    .bar button:focus-visible { outline: 3px solid ${ink}; outline-offset: -5px; box-shadow: none; }
    .open { position: fixed; inset-block-end: max(16px, env(safe-area-inset-bottom)); inset-inline-end: 16px; z-index: 2147483000; max-width: calc(100vw - 32px); display: flex; align-items: center; gap: 10px; border-radius: 28px; padding: 10px 22px 10px 18px; box-shadow: 0 2px 10px rgb(0 0 0 / 35%); }
    .open svg { width: 24px; height: 24px; flex: none; fill: none; stroke: ${ink}; stroke-width: 2; stroke-linecap: round; stroke-linejoin: round; }
    .panel { position: fixed; inset-block-end: 16px; inset-inline-end: 16px; z-index: 2147483001; width: 420px; height: min(740px, calc(100vh - 32px)); max-width: calc(100vw - 32px); display: flex; flex-direction: column; background: #fff; color: #16262e; border: 2px solid ${color}; border-radius: 14px; overflow: hidden; box-shadow: 0 4px 24px rgb(0 0 0 / 40%); }
    .bar { display: flex; justify-content: space-between; align-items: center; gap: 8px; background: ${color}; color: ${ink}; font-size: 17px; font-weight: 700; padding-inline: 14px 4px; min-height: 48px; }
    .bar span { overflow: hidden; text-overflow: ellipsis; white-space: nowrap; }
    .bar button { border: 0; padding: 0 14px; min-width: 48px; flex: none; }
    .room { position: relative; flex: 1; min-height: 0; }
    iframe { border: 0; width: 100%; height: 100%; display: block; }
    .note { position: absolute; inset: 0; padding: 20px 18px; background: #fff; font-size: 18px; line-height: 1.5; overflow: auto; }
    .note p { margin: 0 0 16px; }
    .note .urgent { border-inline-start: 5px solid #a4161a; padding-inline-start: 12px; font-size: 20px; font-weight: 700; }
    .note a { color: #a4161a; display: inline-block; padding: 4px 2px; min-width: 44px; }
    .note .lead { margin: 20px 0 4px; font-weight: 700; }
    .note ul { margin: 0; padding-inline-start: 22px; }
    .note button { border-radius: 10px; padding: 8px 18px; }
    .told { position: absolute; width: 1px; height: 1px; overflow: hidden; clip-path: inset(50%); }
    [hidden] { display: none !important; }
    @media (max-width: 600px) { .panel { inset: 0; width: 100%; height: 100%; height: 100dvh; max-width: none; border: 0; border-radius: 0; overscroll-behavior: contain; } }
    @media print { :host { display: none; } }
  `);
  shadow.adoptedStyleSheets = [sheet];

  // The emergency sentence with a number to tap, whatever happens to the chat.
  const urgent = () => {
    const number = WORDS.numbers[country];
    const [before, after] = words.banner.split("{number}");
    const dial = number ? make("a", { href: `tel:${number}`, dir: "ltr" }, number) : words.unknown;
    return make("p", { class: "urgent" }, before, dial, after || "");
  };

  const sign = document.createElementNS("http://www.w3.org/2000/svg", "svg");
  sign.setAttribute("viewBox", "0 0 24 24");
  sign.setAttribute("aria-hidden", "true");
  const line = document.createElementNS("http://www.w3.org/2000/svg", "path");
  line.setAttribute("d", "M4 5h16v11h-9l-5 4v-4H4zM12 8v5M9.5 10.5h5");
  sign.append(line);

  const opener = make("button", { type: "button", class: "open", "aria-haspopup": "dialog", "aria-expanded": "false" }, sign, words.button);
  const closer = make("button", { type: "button" }, words.close);
  const again = make("button", { type: "button" }, words.again);
  const loading = make("div", { class: "note opening" }, urgent(), make("p", {}, words.loading));
  const failed = make("div", { class: "note failed", hidden: "" });
  // What both say to those who cannot see, as one text: a region of many parts is read part by part, in any order.
  const told = make("div", { class: "told", role: "status" });
  const frame = make("iframe", {
    title: words.button,
    sandbox: "allow-scripts allow-same-origin allow-forms allow-popups allow-popups-to-escape-sandbox allow-modals",
    allow: "microphone",
    referrerpolicy: "no-referrer",
  });
  // The two ends of the panel send the focus round, because a frame keeps its own keys to itself.
  const before = make("span", { tabindex: "0", "aria-hidden": "true" });
  const after = make("span", { tabindex: "0", "aria-hidden": "true" });
  const panel = make("div", { class: "panel", role: "dialog", "aria-modal": "true", "aria-label": words.title, hidden: "" },
    before, make("div", { class: "bar" }, make("span", {}, words.title), closer), make("div", { class: "room" }, frame, loading, failed), told, after);
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

  let shown = false;
  let patience = 0;
  let saying = 0;
  const say = (text) => {
    clearTimeout(saying);
    saying = setTimeout(() => (told.textContent = text), 200);
  };
  const fail = () => {
    if (shown) return;
    const signs = make("ul", {}, ...words.signs.map((sign) => make("li", {}, sign)));
    failed.replaceChildren(urgent(), make("p", {}, words.failed), again, make("p", { class: "lead" }, words.lead), signs);
    failed.hidden = false;
    frame.hidden = loading.hidden = true;
    say(`${failed.firstChild.textContent} ${words.failed}`);
  };
  // Also a refusal or an error page of the browser "loads"; what is ours says so before that.
  const soon = (milliseconds) => {
    clearTimeout(patience);
    patience = setTimeout(fail, milliseconds);
  };
  const load = () => {
    frame.hidden = loading.hidden = false;
    failed.hidden = true;
    say([...loading.children].map((part) => part.textContent).join(" "));
    frame.src = `${home}/embed/?lang=${lang}${country && `&country=${country}`}`;
    soon(Number(script.dataset.patience) || 20000);
  };
  const show = (focus) => {
    if (!frame.src) {
      frame.addEventListener("load", () => shown || soon(1500));
      load();
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
  again.addEventListener("click", () => {
    load();
    closer.focus();
  });
  before.addEventListener("focus", () => (frame.hidden ? again : frame).focus());
  after.addEventListener("focus", () => closer.focus());
  panel.addEventListener("keydown", (event) => {
    if (event.key === "Escape") hide();
  });
  window.addEventListener("message", (event) => {
    if (event.origin !== home || event.source !== frame.contentWindow || typeof event.data !== "object" || !event.data) return;
    const { salama, disposition } = event.data;
    const tell = (detail) => host.dispatchEvent(new CustomEvent(`salama:${salama}`, { bubbles: true, composed: true, detail }));
    if (salama === "shown" || salama === "ready") {
      shown = true;
      clearTimeout(patience);
      failed.hidden = loading.hidden = true;
      say("");
      frame.hidden = false;
    } else if (salama === "close") hide();
    else if (salama === "disposition" && LEVELS.includes(disposition)) tell({ disposition });
    else if (salama === "handoff") tell({});
  });

  document.body.append(host);
  if (remembered()) show(false);
})();
