// Shows what the widget tells the page: what happened, never what was written.
for (const name of ["salama:disposition", "salama:handoff"]) {
  document.addEventListener(name, (event) => {
    document.querySelector("#told").textContent = `${name} ${JSON.stringify(event.detail)}`;
  });
}
