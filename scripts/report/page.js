"use strict";
// The list of patients: click a heading to sort, type to filter, 200 rows at a time. Without a script all rows are shown.
const PAGE = 200;
for (const list of document.querySelectorAll(".sortable")) {
  const body = list.tBodies[0], rows = [...body.rows];
  const words = rows.map(row => row.textContent.toLowerCase());
  const tools = list.closest("section").querySelector(".tools");
  const [filter, told, more] = [tools.querySelector("input"), tools.querySelector("output"), tools.querySelector("button")];
  let order = rows.map((_, at) => at), limit = PAGE;
  const show = () => {
    const asked = filter.value.toLowerCase().split(/\s+/).filter(Boolean);
    const found = order.filter(at => asked.every(word => words[at].includes(word)));
    body.replaceChildren(...found.slice(0, limit).map(at => rows[at]));
    told.value = `${Math.min(found.length, limit)} of ${rows.length} shown`;
    more.hidden = found.length <= limit;
  };
  const number = text => { const found = text.match(/^[(\[]?(-?\d+(\.\d+)?)/); return found ? Number(found[1]) : NaN; };
  const compare = (a, b) => {
    const [x, y] = [number(a), number(b)];
    if (!isNaN(x) && !isNaN(y) && x !== y) return x - y;
    if (isNaN(x) !== isNaN(y)) return isNaN(x) ? 1 : -1;
    return a.localeCompare(b, "en", {numeric: true});
  };
  [...list.tHead.rows[0].cells].forEach((heading, column) => {
    const button = document.createElement("button");
    button.type = "button";
    button.append(...heading.childNodes);
    heading.append(button);
    button.addEventListener("click", () => {
      const down = heading.getAttribute("aria-sort") === "ascending";
      for (const other of list.tHead.rows[0].cells) other.removeAttribute("aria-sort");
      heading.setAttribute("aria-sort", down ? "descending" : "ascending");
      const text = at => rows[at].cells[column].textContent.trim();
      order.sort((a, b) => (down ? -1 : 1) * compare(text(a), text(b)) || a - b);
      show();
    });
  });
  filter.addEventListener("input", () => { limit = PAGE; show(); });
  more.addEventListener("click", () => { limit += PAGE; show(); });
  tools.hidden = false;
  show();
}
// A link into a closed part opens it.
const open = () => {
  const target = location.hash && document.getElementById(decodeURIComponent(location.hash.slice(1)));
  if (!target) return;
  for (let part = target; part; part = part.parentElement) if (part.tagName === "DETAILS") part.open = true;
  target.scrollIntoView();
};
addEventListener("hashchange", open);
open();
