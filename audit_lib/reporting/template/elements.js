// What the other scripts share. A page can be read in full without any of them.

/** An element with its attributes and what it holds, texts or elements. */
function make(tag, attributes, ...held) {
  const made = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) made.setAttribute(name, value);
  made.append(...held);
  return made;
}

function button(words, press, attributes = {}) {
  const made = make("button", { type: "button", ...attributes }, words);
  made.addEventListener("click", press);
  return made;
}

/** A line that is read aloud whenever its words change. */
const status = () => make("p", { role: "status", class: "said" });

/** What finds `words` as people type them: any case, any kind of quotation mark, dash or white space. Null for none. */
function pattern(words) {
  const alike = ["'‘’", '"“”', "-‐‑–—"];
  const plain = (letter) => letter.replace(/[\\^$.*+?()[\]{}|/]/, "\\$&");
  const letters = [...words.trim().replace(/\s+/g, " ")].map((letter) => {
    const kinds = alike.find((each) => each.includes(letter));
    return letter === " " ? "\\s+" : kinds ? `[${kinds}]` : plain(letter);
  });
  const source = letters.join("");
  return source ? new RegExp(source, "giu") : null;
}

/** Opens every fold that a piece of the page lies in. */
function unfold(element) {
  for (let fold = element.closest("details"); fold; fold = fold.parentElement.closest("details")) fold.open = true;
}

/** Opens every fold that a piece of the page lies in, and brings it into sight. */
function reveal(element) {
  unfold(element);
  element.closest(".cut")?.parentElement.querySelector(".more[aria-expanded=false]")?.click();
  element.scrollIntoView({ block: "center", inline: "nearest" });
}
