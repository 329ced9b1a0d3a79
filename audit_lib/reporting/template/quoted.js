// A number of comments on a subject opens all of them below its table, taken from where they stand; without it, the link leads to some of them.

const said = [...document.querySelectorAll("ul.spoken")].flatMap((list) =>
  [...list.children].map((line) => ({ line, column: list.dataset.column })),
); // as the page came: lines that are put together in other ways leave their lists

function commentsBehind({ dataset: { about, column } }) {
  const lines = column ? said.filter((one) => column.split(" ").includes(one.column)) : said;
  return lines.map(({ line }) => line).filter((line) => line.dataset.about?.split(" ").includes(about));
}

function openComments(link, lines, frame) {
  const close = () => {
    shown.remove();
    link.focus();
  };
  const words = link.getAttribute("aria-label");
  const list = make("ul", { class: "comments" }, ...lines.map((line) => line.cloneNode(true)));
  for (const line of list.children) line.hidden = false;
  const head = make("p", {}, make("strong", {}, words), " ", button("Close", close, { class: "close" }));
  const shown = make("section", { class: "quoted", tabindex: "-1", "aria-label": words }, head, list);
  shown.addEventListener("keydown", (event) => {
    if (event.key === "Escape") close();
  });
  if (frame.nextElementSibling.matches(".quoted")) frame.nextElementSibling.remove();
  frame.after(shown);
  shown.focus({ preventScroll: true });
  shown.scrollIntoView({ block: "start" });
}

for (const link of document.querySelectorAll("td > a[data-about]")) {
  const all = Number(link.textContent);
  link.addEventListener("click", (event) => {
    const lines = commentsBehind(link);
    if (lines.length !== all) return; // some stand in no list of the page
    event.preventDefault();
    openComments(link, lines, link.closest(".table-scroll"));
  });
}
