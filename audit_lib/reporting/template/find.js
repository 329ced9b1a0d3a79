// Search within the page: marks what is found, and opens the folds that hide it.

/** Each place in the text of `where` that matches. Words in a drawing are left out: its table has the same. */
function places(where, sought) {
  const skipped = ".side, .filter, .quoted, svg, [hidden]"; // what is quoted stands elsewhere too
  const walker = document.createTreeWalker(where, NodeFilter.SHOW_TEXT, (node) =>
    node.parentElement.closest(skipped) ? NodeFilter.FILTER_REJECT : NodeFilter.FILTER_ACCEPT,
  );
  const found = [];
  while (walker.nextNode()) {
    for (const match of walker.currentNode.data.matchAll(sought)) {
      const range = new Range();
      range.setStart(walker.currentNode, match.index);
      range.setEnd(walker.currentNode, match.index + match[0].length);
      found.push(range);
    }
  }
  return found;
}

/** Marks without a change to the page, where the browser can; else the place is selected, as if by hand. */
function markPlaces(found, here) {
  if (globalThis.CSS?.highlights) {
    CSS.highlights.set("found", new Highlight(...found));
    CSS.highlights.set("here", new Highlight(...(here ? [here] : [])));
  } else if (here) {
    getSelection().removeAllRanges();
    getSelection().addRange(here);
  }
}

/** The heading under which a piece of the page stands. */
function sectionOf(element) {
  const before = (heading) => heading.compareDocumentPosition(element) & Node.DOCUMENT_POSITION_FOLLOWING;
  return [...document.querySelectorAll("main :is(h1, h2, h3, h4)")].findLast(before)?.textContent.trim() ?? "";
}

function addSearch(side, main) {
  let sought = null;
  let found = [];
  let place = 0;
  const box = make("input", { type: "search", id: "find", placeholder: "Find in this page", autocomplete: "off" });
  const said = status();
  const show = (next) => {
    place = found.length ? (next + found.length) % found.length : 0;
    const here = found[place];
    markPlaces(found, here);
    for (const one of buttons) one.disabled = found.length < 2;
    if (!here) {
      said.textContent = sought ? "Not found" : "";
      return;
    }
    reveal(here.startContainer.parentElement);
    said.textContent = `${place + 1} of ${found.length}: ${sectionOf(here.startContainer)}`;
  };
  const buttons = [
    button("↑", () => show(place - 1), { "aria-label": "Earlier place", disabled: "" }),
    button("↓", () => show(place + 1), { "aria-label": "Later place", disabled: "" }),
  ];
  box.addEventListener("input", () => {
    sought = box.value.trim().length > 1 ? pattern(box.value) : null;
    found = sought ? places(main, sought) : [];
    show(0);
  });
  box.addEventListener("keydown", (event) => {
    if (event.key === "Enter") show(place + (event.shiftKey ? -1 : 1));
  });
  const label = make("label", { for: "find" }, "Find in this page");
  side.prepend(make("div", { role: "search", class: "find" }, label, make("div", { class: "row" }, box, ...buttons), said));
}

const side = document.querySelector(".side");
if (side) addSearch(side, document.querySelector("main"));
