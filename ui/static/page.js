// Joins the page's buttons to the server, keeps it usable without eyes and in both directions, reads aloud and takes
// dictation where the browser can. It holds no words: they come with the page. It keeps nothing.
(() => {
  const find = (selector, from = document) => from.querySelector(selector);
  const root = document.documentElement;
  const touch = window.matchMedia("(pointer: coarse)");
  const voices = { en: "en", fr: "fr", ar: "ar", ary: "ar" };
  const tongues = { en: "en-GB", fr: "fr-FR", ar: "ar-MA", ary: "ar-MA" };
  const PATIENCE = 8000;
  const EARLY = 3000;
  const HEARD = 10000;
  const words = (name) => find("#sal-words")?.getAttribute(`data-${name}`) || "";
  const box = () => find("#sal-box textarea");
  let card = null;
  let question = null;
  let told = "";
  let away = false;
  let sent = null;
  let unsent = null;
  let late = 0;
  let waits = 0;
  let waiting = [];
  let busy = null;
  let sending = 0;
  let early = null;
  let calls = "";
  let state = null;

  const tell = (name, detail) => {
    // The clinic's page learns what happened, never what was written; who may frame us is set by our policy.
    if (window.parent !== window) window.parent.postMessage({ salama: name, ...detail }, "*");
  };

  const make = (tag, attributes, inside = "") => {
    const element = document.createElement(tag);
    for (const [name, value] of Object.entries(attributes)) element.setAttribute(name, value);
    element.textContent = inside;
    return element;
  };

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

  const put = (field, text) => {
    field.value = text;
    field.dispatchEvent(new Event("input", { bubbles: true }));
  };

  // ---- Saying something to the server, and what happens when nothing comes back

  const typing = (on) => {
    const log = find("#sal-log");
    find("#sal-typing")?.remove();
    if (on && log) {
      const line = make("div", { id: "sal-typing" });
      line.append(make("span", { class: "sal-dots", "aria-hidden": "true" }), make("span", {}, words("reading")));
      log.after(line);
    }
    if (on) say(words("reading"));
  };

  const waitFor = (text) => {
    sent = text;
    waits = 0;
    typing(true);
    clearTimeout(late);
    late = setTimeout(missed, PATIENCE);
  };

  const arrived = () => {
    sent = null;
    clearTimeout(late);
    typing(false);
  };

  // One thing after the other: a tap that comes while a reply is still on its way waits for the end of it.
  const act = (verb, value, written = null) => {
    if (!find("#sal-said textarea, #sal-said input")) return false;
    if (away) {
      say(gone(), true);
      return true;
    }
    waiting.push({ verb, value });
    if (verb === "say") waitFor(written);
    if (!busy) next();
    return true;
  };

  const next = () => {
    const { verb, value } = waiting.shift();
    busy = String(++sending);
    put(find("#sal-said textarea, #sal-said input"), `${busy} ${verb} ${value}`);
    setTimeout(() => find("#sal-go").click(), 0);
  };

  const finished = () => {
    if (!busy || find("#sal-done")?.textContent.trim() !== busy) return;
    busy = null;
    if (waiting.length) next();
  };

  const send = () => {
    const text = box().value;
    // What is sent while we are away stays in the box, and goes from there when the line is back.
    if (away && text.trim()) unsent = text;
    if (!text.trim() || !act("say", text, text) || away) return;
    put(box(), "");
  };

  const reach = async () => {
    const stop = new AbortController();
    setTimeout(() => stop.abort(), 4000);
    try {
      return (await fetch("/healthz", { cache: "no-store", signal: stop.signal })).ok;
    } catch {
      return false;
    }
  };

  const missed = async () => {
    waits += 1;
    // A server that answers may still be at work; one that was silent for so long has dropped the message.
    if (waits < 3 && (await reach())) late = setTimeout(missed, PATIENCE);
    else leave();
  };

  const letter = (text) => {
    const data = new URLSearchParams(new FormData(find("#sal-tools form")));
    data.set("say", text);
    return data;
  };
  // The token of a page that stood open too long is good no more; the page as it is now brings a new one.
  let renewed = false;
  const renew = async () => {
    const page = await fetch(location.href).then((found) => found.text()).catch(() => "");
    const token = find("[name=token]", new DOMParser().parseFromString(page, "text/html"))?.value;
    if (token) find("#sal-tools [name=token]").value = token;
    return Boolean(token);
  };
  const post = async () => {
    const text = unsent;
    unsent = null;
    // Kept alive: the patient may open the page anew while it is under way.
    const way = { method: "POST", body: letter(text), redirect: "manual", keepalive: true };
    const answer = await fetch("/visit/act", way).catch(() => null);
    if (answer?.type === "opaqueredirect") {
      put(box(), "");
      return true;
    }
    if (answer?.status === 403) {
      if (renewed) location.reload();
      else renewed = await renew();
    }
    // Only what may be taken the next time is sent again.
    const again = !answer || [403, 429].includes(answer.status) || answer.status >= 500;
    if (again) unsent = text;
    return !again;
  };
  // Gradio opens the page anew as soon as a lost line is back. Not while there are words in the box: they would be gone.
  const fetched = window.fetch;
  window.fetch = (what, ...how) => {
    if (String(what?.url || what).includes("/gradio_api/app_id") && box()?.value.trim()) return Promise.reject(new TypeError("not now"));
    return fetched(what, ...how);
  };
  window.addEventListener("pagehide", () => {
    // The patient may open the page anew before we could send it.
    if (unsent && box()?.value === unsent) navigator.sendBeacon("/visit/act", letter(unsent));
  });

  const leave = () => {
    if (away) return;
    away = true;
    waiting = [];
    busy = null;
    clearTimeout(late);
    typing(false);
    const notice = make("div", { id: "sal-away", tabindex: "-1" });
    notice.append(...(find("#sal-words")?.cloneNode(true).childNodes || []));
    (find("#sal-write") || document.body).before(notice);
    show(notice, notice);
    say(gone(), true);
    unsent = sent;
    if (unsent && box() && !box().value) put(box(), unsent);
    sent = null;
    const look = async () => {
      if (!(await reach())) return setTimeout(look, 1000);
      // The line that Gradio holds is broken: what was not sent goes as a form does, and the page comes anew with the
      // answer.
      if (unsent && box()?.value === unsent && !(await post())) return setTimeout(look, 2000);
      away = false;
      notice.remove();
      say(words("back"));
      if (!box()?.value.trim()) location.reload();
    };
    setTimeout(look, 1000);
  };

  window.addEventListener("offline", leave);

  document.addEventListener("submit", (event) => {
    const form = event.target;
    const button = event.submitter;
    if (!form.matches(".sal-act") || button?.hasAttribute("formaction")) return;
    event.preventDefault();
    const own = button?.name === "say" || button?.name === "unit" || !button?.name;
    const data = new FormData(form);
    const ticked = data.getAll("say").filter((text) => text.trim()).join(" ");
    let verb = button?.name || "say";
    let value = button?.name ? button.value : ticked;
    if (verb === "unit") {
      const number = find("[name=number]", form);
      if (!number.value.trim()) return number.focus();
      [verb, value] = ["say", `${number.value.trim()} ${value}`];
    }
    if ((own && !value.trim()) || act(verb, value) || early) return;
    // Scripts are still coming: what was tapped waits for them a little, then the form goes by itself.
    const alone = setTimeout(() => {
      early = null;
      HTMLFormElement.prototype.submit.call(form);
    }, EARLY);
    // What was written or ticked goes with the form; of a button that was tapped only this knows.
    if (button?.name) form.append(make("input", { type: "hidden", name: verb, value }));
    early = { verb, value, alone };
  }, true);

  // ---- For those who cannot see

  // Both are there, and empty, before there is anything to tell: what comes together with its region is not read by all.
  const polite = make("div", { id: "sal-live", role: "status", class: "sal-sr" });
  const urgent = make("div", { id: "sal-urgent", role: "alert", class: "sal-sr" });
  document.body.append(polite, urgent);
  // One text without elements: a region of many parts is read part by part, in any order.
  const say = (text, now = false) => {
    const region = now ? urgent : polite;
    if (!text) return;
    region.lang = root.lang;
    // The same words again are news only if something differs.
    const fresh = region.textContent === text ? `${text}\u00a0` : text;
    region.textContent = fresh;
    setTimeout(() => {
      if (region.textContent === fresh) region.textContent = "";
    }, HEARD);
  };
  const aloudOf = (parts, known = []) => parts
    .flatMap((part) => part.textContent.split("\n")).map((line) => line.trim())
    .filter((line) => line && !known.includes(line)).map((line) => (/[\p{L}\p{N}]$/u.test(line) ? `${line}.` : line)).join(" ");
  const answersOf = (asked) => (find(".sal-number", asked) ? [] : [...asked.querySelectorAll(".sal-tick span, [name=say] span")]);
  const gone = () => aloudOf([...document.querySelectorAll("#sal-words p")]);

  // A region that is drawn anew takes the focus away from the button that was pressed in it.
  const again = (element) => element && { name: element.name, value: element.value };
  const refocus = () => {
    if (!state || document.activeElement !== document.body) return;
    const same = state.name && [...document.querySelectorAll(`.gradio-container button[name="${state.name}"]`)].find((one) => one.value === state.value);
    const folded = same?.closest("details:not([open])");
    (folded ? find("summary", folded) : same)?.focus({ preventScroll: true });
  };
  document.addEventListener("focusin", (event) => {
    if (event.target.closest(".sal-act")) state = again(event.target);
    else if (event.target !== document.body) state = null;
  });

  // ---- Following what the server draws

  const begin = (first) => {
    const written = find("textarea", first)?.value;
    const focused = first.contains(document.activeElement) && document.activeElement.tagName === "TEXTAREA";
    first.remove();
    root.classList.add("sal-ready");
    if (written && box()) put(box(), written);
    if (focused) box()?.focus();
    if (early) {
      clearTimeout(early.alone);
      const { verb, value } = early;
      early = null;
      if (written === value && box()) put(box(), "");
      act(verb, value, written === value ? written : null);
    }
    tell("ready", {});
    keep();
  };

  const follow = () => {
    const header = find("#sal-head .sal-header");
    if (!header) return;
    if (root.lang !== header.lang) root.lang = header.lang;
    if (root.dir !== header.dir) root.dir = header.dir;
    document.body.classList.remove("dark");
    const first = find("#sal-first");
    if (first && find("#sal-tools input[name=token]") && box()) begin(first);
    dictation();
  };

  const look = () => {
    follow();
    finished();
    const newCard = find("#sal-alert section") || find("#sal-card section");
    const newQuestion = find("#sal-question section");
    const log = find("#sal-log .sal-log");
    const answer = find("#sal-log .sal-log > .sal-bot:last-child");
    const cardKey = newCard ? newCard.dataset.turn + newCard.dataset.disposition : null;
    const questionKey = newQuestion ? newQuestion.dataset.turn : null;
    const changed = cardKey !== card || questionKey !== question;
    const heard = log ? log.dataset.turn + log.textContent : "";
    // Told besides what the focus tells.
    const news = [];
    const opening = !told;
    if (heard !== told && log) {
      if (changed || answer) arrived();
      if (told && answer) news.push(...answer.querySelectorAll("p, ul li"));
      told = heard;
    }
    const heading = newCard && find("h2", newCard);
    const asked = newQuestion && find("h2", newQuestion);
    const left = newQuestion && find(".sal-left", newQuestion);
    const known = [heading, asked].filter(Boolean).map((part) => part.textContent);
    card = cardKey;
    question = questionKey;
    if (changed && cardKey) {
      arrived();
      heading.focus({ preventScroll: true });
      show(newCard, newQuestion ? find("#sal-chips") : newCard);
      tell("disposition", { disposition: newCard.dataset.disposition });
      const advice = aloudOf([find(".sal-kicker", newCard), heading, ...newCard.querySelectorAll(".sal-action, .sal-when")]);
      const more = [aloudOf(news, known)];
      if (newCard.closest("#sal-alert")) say(advice, true);
      else more.push(advice);
      if (newQuestion) more.push(aloudOf([asked, ...answersOf(newQuestion)]));
      say(more.filter(Boolean).join(" "));
    } else if (changed && questionKey) {
      arrived();
      const active = document.activeElement;
      // The keyboard of a phone would cover the answers; a chip that was tapped is gone or says something else.
      // A page that is opened again takes no focus.
      const moves = !opening && (touch.matches || active === document.body || !active || active.closest(".sal-act"));
      if (moves) asked.focus({ preventScroll: true });
      // Who goes on writing hears the answers too; the focus has come to the others.
      const rest = moves ? [left] : [asked, ...answersOf(newQuestion), left];
      say([aloudOf(news, known), aloudOf(rest.filter(Boolean))].filter(Boolean).join(" "));
      // What answers the patient's own question stands above ours, and is read first.
      requestAnimationFrame(() => show(answer || newQuestion, find("#sal-chips")));
    } else {
      refocus();
      const call = find("#sal-banner strong")?.textContent || "";
      if (calls && call !== calls) news.unshift(find("#sal-banner strong"));
      say(aloudOf(news, known));
    }
    calls = find("#sal-banner strong")?.textContent || calls;
  };

  // ---- Reading aloud and dictation

  const aloud = (button) => {
    const target = button.closest("[data-speak]");
    const speech = window.speechSynthesis;
    const ready = button.getAttribute("aria-pressed") === "true";
    speech?.cancel();
    for (const other of document.querySelectorAll(".sal-listen[aria-pressed]")) other.removeAttribute("aria-pressed");
    if (ready) return;
    const lang = target.closest("[lang]").lang;
    const wanted = voices[lang];
    const voice = wanted && speech?.getVoices().find((one) => one.lang.toLowerCase().startsWith(wanted));
    if (!voice) {
      find(".sal-no-voice")?.remove();
      target.append(make("p", { class: "sal-no-voice", role: "status" }, words("no-voice")));
      return;
    }
    const copy = target.cloneNode(true);
    for (const part of copy.querySelectorAll("button, .sal-sr, .sal-sources, .sal-answer, .sal-no-voice")) part.remove();
    const text = [...copy.querySelectorAll("p, h2, h3, li, summary, a")].filter((one) => !one.querySelector("p, li") && !one.matches("h2 a, p a, li a")).map((one) => one.textContent);
    const speaking = new SpeechSynthesisUtterance(text.join(". "));
    speaking.voice = voice;
    speaking.lang = voice.lang;
    speaking.rate = 0.95;
    speaking.onend = () => button.removeAttribute("aria-pressed");
    button.setAttribute("aria-pressed", "true");
    speech.speak(speaking);
  };

  const Recognition = window.SpeechRecognition || window.webkitSpeechRecognition;
  let warned = false;
  const dictation = () => {
    const row = find("#sal-write");
    const tongue = tongues[root.lang];
    let button = find("#sal-mic");
    if (!Recognition || !row || !tongue) return button?.remove();
    if (!button) {
      button = make("button", { id: "sal-mic", type: "button" });
      button.addEventListener("click", dictate);
      row.prepend(button);
    }
    if (!button.firstChild) button.append(find("#sal-mic-sign").content.cloneNode(true));
    button.setAttribute("aria-label", words("dictate"));
    button.title = words("dictate");
  };
  const note = (text) => {
    find("#sal-note")?.remove();
    find("#sal-write").before(make("p", { id: "sal-note", role: "status" }, text));
  };
  const dictate = () => {
    if (!warned) {
      // The browser's maker may hear it; the patient knows before anything is recorded, and taps again.
      warned = true;
      note(words("dictate-note"));
      return;
    }
    const button = find("#sal-mic");
    const hearing = new Recognition();
    hearing.lang = tongues[root.lang];
    hearing.onresult = (event) => {
      const said = event.results[0][0].transcript;
      put(box(), [box().value, said].filter(Boolean).join(" "));
      box().focus();
    };
    hearing.onerror = () => note(words("dictate-failed"));
    hearing.onend = () => button.removeAttribute("aria-pressed");
    button.setAttribute("aria-pressed", "true");
    hearing.start();
  };

  // ---- What the browser keeps for when we are away: numbers and danger signs, nothing of the patient

  const keep = () => {
    if (!("serviceWorker" in navigator) || !window.isSecureContext) return;
    const form = find("#sal-tools form");
    const where = new URLSearchParams({ lang: root.lang, country: find("[name=country]", form).value });
    navigator.serviceWorker.register("/sw.js").then(() => navigator.serviceWorker.ready)
      .then((found) => found.active.postMessage(`/offline?${where}`)).catch(() => {});
  };

  let noticed = false;
  const soon = () => {
    if (noticed) return;
    noticed = true;
    setTimeout(() => {
      noticed = false;
      look();
    }, 30);
  };
  new MutationObserver(soon).observe(document.body, { childList: true, subtree: true, characterData: true });
  document.addEventListener("click", (event) => {
    if (event.target.closest(".sal-print")) window.print();
    const button = event.target.closest(".sal-listen");
    if (button) aloud(button);
    if (event.target.closest("#sal-send")) send();
  }, true);
  document.addEventListener("keydown", (event) => {
    if (event.key === "Enter" && !event.shiftKey && !event.isComposing && event.target === box()) {
      event.preventDefault();
      event.stopPropagation();
      send();
    }
    if (event.key === "Escape" && !event.defaultPrevented) {
      const open = find("#sal-person[open]");
      if (open) {
        open.open = false;
        find("summary", open).focus();
      } else {
        tell("close", {});
      }
    }
  }, true);
  document.addEventListener("toggle", (event) => {
    if (event.target.open && ["sal-person", "sal-summary"].includes(event.target.id)) tell("handoff", {});
    if (event.target.open && event.target.id === "sal-person") say(aloudOf([...event.target.querySelectorAll(".sal-panel p, .sal-panel li")]));
    if (event.target.open && event.target.id === "sal-summary") {
      find(".sal-handoff", event.target).focus({ preventScroll: true });
      show(event.target, event.target);
    }
  }, true);
  window.addEventListener("beforeprint", () => {
    const summary = find("#sal-summary");
    if (summary) summary.open = true;
  });
  look();
})();
