// The contents list: shows which section is being read, and folds where there is little room.

function markCurrentSection(contents) {
  const links = [...contents.querySelectorAll("a")];
  const headings = links.map((link) => document.getElementById(decodeURIComponent(link.hash.slice(1))));
  // A section is being read once its heading has come as high as a link brings it, with a little room.
  const line = () => parseFloat(getComputedStyle(document.documentElement).scrollPaddingTop) + 80;
  const mark = () => {
    const above = headings.findLastIndex((heading) => heading.getBoundingClientRect().top < line());
    for (const [place, link] of links.entries()) {
      if (place !== above) link.removeAttribute("aria-current");
      else if (!link.hasAttribute("aria-current")) {
        link.setAttribute("aria-current", "location");
        keepInSight(link, contents);
      }
    }
  };
  // Everything above the line counts as seen, however far: so no heading passes it without being told.
  let observer;
  const watch = () => {
    observer?.disconnect();
    observer = new IntersectionObserver(mark, { rootMargin: `1000000px 0px ${line() - innerHeight}px 0px` });
    for (const heading of headings) observer.observe(heading);
  };
  addEventListener("resize", watch);
  watch();
}

function keepInSight(link, contents) {
  const [inner, outer] = [link.getBoundingClientRect(), contents.getBoundingClientRect()];
  if (inner.top < outer.top || inner.bottom > outer.bottom) {
    contents.scrollTop += inner.top - outer.top - outer.height / 3;
  }
}

function foldWhereNarrow(contents) {
  const fold = contents.querySelector("details");
  const wide = matchMedia("(min-width: 64rem)");
  const set = () => (fold.open = wide.matches);
  wide.addEventListener("change", set);
  addEventListener("beforeprint", () => (fold.open = true));
  addEventListener("afterprint", set);
  contents.addEventListener("click", (event) => {
    if (event.target.closest("a") && !wide.matches) fold.open = false;
  });
  set();
}

const contents = document.querySelector(".contents");
if (contents) {
  foldWhereNarrow(contents);
  markCurrentSection(contents);
}
