// The list of reports: narrowed by words, theme, year and area, whichever there are several of.

function choice(cards, key, words) {
  const values = [...new Set(cards.map((card) => card.dataset[key]))].filter(Boolean).sort();
  if (key === "year") values.reverse();
  const options = ["", ...values].map((value) => make("option", { value }, value || "All"));
  return values.length > 1 ? { key, select: make("select", { id: `by-${key}` }, ...options), words } : null;
}

function addFilter(page, cards) {
  const words = make("input", { type: "search", id: "by-words", autocomplete: "off" });
  const said = status();
  const choices = [choice(cards, "theme", "Theme"), choice(cards, "year", "Year"), choice(cards, "area", "Area")].filter(Boolean);
  const narrow = () => {
    const sought = words.value.split(/\s+/).map(pattern).filter(Boolean);
    for (const card of cards) {
      const chosen = choices.every(({ key, select }) => !select.value || card.dataset[key] === select.value);
      const all = `${card.dataset.theme} ${card.textContent}`;
      card.hidden = !(chosen && sought.every((one) => all.search(one) >= 0));
    }
    for (const theme of page.querySelectorAll(".theme")) theme.hidden = !theme.querySelector(".card:not([hidden])");
    const left = cards.filter((card) => !card.hidden).length;
    said.textContent = `${left} of ${cards.length} reports shown`;
  };
  const boxes = [["by-words", "Words", words], ...choices.map(({ key, select, words }) => [`by-${key}`, words, select])];
  for (const [, , box] of boxes) box.addEventListener("input", narrow);
  const fields = boxes.map(([id, label, box]) => make("div", {}, make("label", { for: id }, label), box));
  page.prepend(make("div", { role: "search", "aria-label": "Find reports", class: "narrow" }, ...fields, said));
}

const cards = [...document.querySelectorAll(".card")];
if (cards.length > 1) addFilter(document.querySelector(".page"), cards);
