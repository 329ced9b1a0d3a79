// Nothing opens on paper: what stands behind the figures, and is folded, is an appendix there.

function appendix() {
  const part = make("section", { class: "evidence" }, make("h2", {}, "Appendix: what stands behind the figures"));
  let under = "";
  for (const fold of document.querySelectorAll(".behind:not([open])")) {
    const section = sectionOf(fold);
    if (section !== under) part.append(make("h3", {}, section));
    under = section;
    const copies = [fold.previousElementSibling, ...fold.querySelectorAll(":scope > :not(summary)")].map((each) => each.cloneNode(true));
    for (const copy of copies) copy.removeAttribute("id");
    part.append(make("div", {}, ...copies));
  }
  return part;
}

function addAppendix(content) {
  let added = [];
  addEventListener("beforeprint", () => {
    if (added.length || !content.querySelector(".behind:not([open])")) return;
    const part = appendix();
    const line = make("li", { class: "level-2" }, part.firstChild.textContent);
    added = [part, line];
    [...content.querySelectorAll(":scope > h2")].at(-1).before(part);
    document.querySelector(".contents li:nth-last-child(1 of .level-2)").before(line);
  });
  addEventListener("afterprint", () => {
    for (const each of added) each.remove();
    added = [];
  });
}

const content = document.querySelector(".content");
if (content) addAppendix(content);
