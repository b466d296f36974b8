"use strict";
(() => {
  const all = (selector, parent = document) => [...parent.querySelectorAll(selector)];
  const failures = document.getElementById("failures");
  const documentChosen = document.getElementById("document");
  const release = document.getElementById("release");
  const environments = all("#environments tbody tr").map((row) =>
    `NumPy ${row.cells[1].textContent}, Python ${row.cells[2].textContent}, oneDNN ${row.cells[3].textContent}`);
  const articles = all("article");

  // Shows the result of a cell: its note, in the output that it belongs to.
  function select(cell) {
    const article = cell.closest("article");
    const before = article.querySelector("[aria-selected=true]");
    before.setAttribute("aria-selected", "false");
    before.tabIndex = -1;
    cell.setAttribute("aria-selected", "true");
    cell.tabIndex = 0;
    show(article, cell);
  }

  function show(article, cell) {
    for (const note of all(".note", article)) note.hidden = note.dataset.n !== cell.dataset.n;
    for (const output of all(".output", article)) output.hidden = !output.querySelector(".note:not([hidden])");
    if (article.querySelectorAll(".note").length > 1) {
      for (const each of all("button", article)) each.classList.toggle("same", each.dataset.n === cell.dataset.n);
    }
    const said = cell.getAttribute("aria-label");
    const environment = environments[cell.parentElement.dataset.e];
    article.querySelector(".selected").textContent =
      `TensorFlow ${said.split(":")[0]} mode, ${environment}, ${Number(cell.dataset.s).toFixed(3)} s`;
    article.querySelector(".panel").setAttribute("aria-label", said);
  }

  // The cell that a key leads to, or null.
  function reached(cell, key) {
    const row = [...cell.parentElement.children].indexOf(cell);
    if (key === "ArrowUp" || key === "ArrowDown") {
      const next = cell.parentElement.children[row + (key === "ArrowUp" ? -1 : 1)];
      return next && next.matches("button") ? next : null;
    }
    const cells = all(".release:not([hidden])", cell.closest(".strip"))
      .map((column) => column.children[row]).filter((each) => each && each.matches("button"));
    const at = cells.indexOf(cell);
    const next = { ArrowLeft: at - 1, ArrowRight: at + 1, Home: 0, End: cells.length - 1 }[key];
    return cells[next] || null;
  }

  function filter() {
    let shown = 0;
    for (const column of all(".release[data-e]")) {
      column.hidden = release.value !== "" && column.dataset.e !== release.value;
    }
    for (const section of all("section.document")) {
      const chosen = documentChosen.value === "" || section.dataset.document === documentChosen.value;
      let there = 0;
      for (const article of all("article", section)) {
        const cells = all(".release:not([hidden]) button", article);
        const wanted = failures.checked ? cells.find((cell) => cell.matches(".failed")) : cells[0];
        article.hidden = !chosen || !wanted;
        if (article.hidden) continue;
        there += 1;
        const selected = article.querySelector("[aria-selected=true]");
        if (selected.parentElement.hidden) select(cells.find((cell) => !cell.matches(".skipped")) || wanted);
        if (failures.checked && !article.querySelector("[aria-selected=true]").matches(".failed")) select(wanted);
      }
      section.hidden = !there;
      shown += there;
    }
    document.getElementById("count").textContent =
      shown === articles.length ? `${shown} examples` : `${shown} of ${articles.length} examples`;
    document.getElementById("nothing").hidden = shown > 0;
  }

  for (const article of articles) show(article, article.querySelector("[aria-selected=true]"));
  document.addEventListener("click", (event) => {
    const cell = event.target.closest("button.cell");
    if (cell) select(cell);
  });
  document.addEventListener("focusin", (event) => {
    if (event.target.matches("button.cell")) select(event.target);
  });
  document.addEventListener("keydown", (event) => {
    if (!event.target.matches("button.cell") || event.altKey || event.ctrlKey || event.metaKey) return;
    const cell = reached(event.target, event.key);
    if (!cell) return;
    event.preventDefault();
    cell.focus();
  });
  document.addEventListener("pointerover", (event) => {
    if (event.target.matches("button.cell")) event.target.title = event.target.getAttribute("aria-label");
  });
  for (const control of [failures, documentChosen, release]) control.addEventListener("change", filter);
  // The browser may keep the choices when the page is loaded again.
  if (failures.checked || documentChosen.value || release.value) filter();
})();
