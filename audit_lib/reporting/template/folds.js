// Long tables and lists can be narrowed, long cells are cut to some lines, and all folds opened at once or for print.

const MANY = 12; // rows, from which a table or list gets a filter
const LONG = 320; // letters, from which the text of a cell is cut

/** A box that narrows `items`; `then` is done whenever it has. */
function filterOf(items, noun, about, then = () => {}) {
  const box = make("input", { type: "search", autocomplete: "off", "aria-label": `Show only ${noun} with: ${about}` });
  const said = status();
  box.addEventListener("input", () => {
    const sought = box.value.split(/\s+/).map(pattern).filter(Boolean);
    for (const item of items) item.hidden = !sought.every((one) => item.textContent.search(one) >= 0);
    const left = items.filter((item) => !item.hidden).length;
    said.textContent = sought.length ? `${left} of ${items.length} ${noun} shown` : "";
    then();
  });
  return make("div", { class: "filter" }, make("label", {}, `Show only ${noun} with `, box), said);
}

function addFilters() {
  for (const table of document.querySelectorAll(".table-scroll > table")) {
    const rows = [...table.tBodies].flatMap((body) => [...body.rows]);
    if (rows.length >= MANY) table.parentElement.before(filterOf(rows, "rows", table.caption.textContent));
  }
  for (const list of document.querySelectorAll("ul.comments:not(.spoken)")) {
    const about = list.parentElement.querySelector("summary")?.textContent ?? "";
    if (list.children.length >= MANY) list.before(filterOf([...list.children], "comments", about));
  }
}

function cutLongCells() {
  for (const cell of document.querySelectorAll(".table-scroll td")) {
    if (cell.textContent.length < LONG) continue;
    const text = make("div", { class: "cut" }, ...cell.childNodes);
    const more = button("Show all", () => {
      const open = more.getAttribute("aria-expanded") === "false";
      more.setAttribute("aria-expanded", String(open));
      more.textContent = open ? "Show less" : "Show all";
      text.classList.toggle("whole", open);
    }, { class: "more", "aria-expanded": "false" });
    cell.append(text, more);
  }
}

/** One button for all folds. What is open goes on paper; the contents always do. */
function addOpenAll(side) {
  const folds = () => [...document.querySelectorAll("main details")].filter((fold) => !fold.closest(".side"));
  const closed = () => folds().filter((fold) => !fold.open);
  if (!folds().length) return;
  const all = button("Open all folded parts", () => {
    const open = closed().length > 0;
    for (const fold of folds()) fold.open = open;
    all.textContent = open ? "Fold them again" : "Open all folded parts";
  }, { class: "open-all" });
  side.append(all);
}

/**
 * A figure that leads into something folded opens it: not every browser does so by itself. The browser goes there: were the page
 * moved before, "back" would lead to that place and not to the figure.
 */
function openWhereLed() {
  document.addEventListener("click", (event) => {
    const anchor = event.target.closest("a[href^='#behind-']")?.getAttribute("href").slice(1);
    if (anchor) unfold(document.getElementById(anchor));
  });
  const led = document.getElementById(location.hash.slice(1)); // from another page
  if (led?.closest("main details")) {
    unfold(led);
    led.scrollIntoView();
  }
}

addFilters();
cutLongCells();
openWhereLed();
const tools = document.querySelector(".find");
if (tools) addOpenAll(tools);
