// What agencies said can be put together by part of the form, question, agency or case, and narrowed by words: the same lines, moved.

const BY = [["", "part of the form"], ["2", "question"], ["1", "agency"], ["0", "case"]]; // which <i> of a line names it

/** Folds that follow each other and hold comments, as one run each. */
function runsOfComments() {
  const folds = [...document.querySelectorAll("details:has(> ul.spoken)")];
  return folds.reduce((runs, fold) => {
    if (folds.includes(fold.previousElementSibling)) runs.at(-1).push(fold);
    else runs.push([fold]);
    return runs;
  }, []);
}

function regrouped(lines, place) {
  const groups = new Map();
  for (const line of lines) {
    const name = line.querySelectorAll(".source > i")[place].textContent || "None named";
    groups.set(name, [...(groups.get(name) ?? []), line]);
  }
  const order = new Intl.Collator("en-GB", { numeric: true }).compare;
  return [...groups].sort(([a], [b]) => order(a, b)).map(([name, held]) => {
    const words = `${name}: ${held.length} comment${held.length === 1 ? "" : "s"}`;
    return make("details", { class: "data" }, make("summary", {}, words), make("ul", { class: "comments" }, ...held));
  });
}

function addRegrouping(run) {
  const homes = run.map((fold) => [fold.querySelector("ul"), [...fold.querySelectorAll("li")]]);
  const lines = homes.flatMap(([, held]) => held);
  if (lines.length < 2) return;
  const about = sectionOf(run[0]);
  const choice = make("select", { "aria-label": `Group by: ${about}` }, ...BY.map(([value, words]) => make("option", { value }, words)));
  let made = [];
  choice.addEventListener("change", () => {
    for (const [list, held] of homes) list.append(...held); // back home, in their order
    for (const fold of made) fold.remove();
    made = choice.value ? regrouped(lines, Number(choice.value)) : [];
    for (const fold of run) fold.hidden = made.length > 0;
    run.at(-1).after(...made);
    hideEmpty();
  });
  const hideEmpty = () => {
    for (const fold of made.length ? made : run) fold.hidden = !fold.querySelector("li:not([hidden])");
  };
  const filter = filterOf(lines, "comments", about, hideEmpty);
  filter.prepend(make("label", {}, "Group by ", choice));
  run[0].before(filter);
}

for (const run of runsOfComments()) addRegrouping(run);
