// Opens the chat again as soon as the server answers.
if (window.parent !== window) window.parent.postMessage({ salama: "shown" }, "*");
const look = async () => {
  try {
    if ((await fetch("/healthz", { cache: "no-store" })).ok) return location.reload();
  } catch {
    // Still away.
  }
  setTimeout(look, 4000);
};
setTimeout(look, 4000);
