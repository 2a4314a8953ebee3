(() => {
  "use strict";
  const all = (selector, root = document) => [...root.querySelectorAll(selector)];
  const form = document.getElementById("filters");
  const names = ["unit", "task", "leader", "kind", "severity"];
  form.hidden = false;

  const rows = all("table[data-list] tbody tr").map((row) => ({
    row, text: row.textContent.toLowerCase(), leaders: (row.dataset.leader || "").split("、"),
  }));
  const units = all("table[data-units] tbody tr");

  // What is asked for stands in the address, so that a filtered view can be handed on.
  const read = () => {
    const asked = new URLSearchParams(location.hash.slice(1));
    for (const name of [...names, "q"]) {
      if (asked.has(name)) form.elements[name].value = asked.get(name);
    }
  };
  const write = () => {
    const asked = new URLSearchParams();
    for (const name of [...names, "q"]) {
      if (form.elements[name].value) asked.set(name, form.elements[name].value);
    }
    history.replaceState(null, "", asked.size ? "#" + asked : location.pathname + location.search);
  };

  const apply = () => {
    const wanted = Object.fromEntries(names.map((name) => [name, form.elements[name].value]));
    const words = form.elements.q.value.toLowerCase().split(/\s+/).filter(Boolean);
    let shown = 0;
    for (const { row, text, leaders } of rows) {
      const fits = names.every((name) => !wanted[name]
        || (name === "leader" ? leaders.includes(wanted.leader) : row.dataset[name] === wanted[name]))
        && words.every((word) => text.includes(word));
      row.hidden = !fits;
      shown += fits ? 1 : 0;
    }
    for (const row of units) row.hidden = Boolean(wanted.unit) && row.dataset.unit !== wanted.unit;
    for (const section of all("main section")) {
      const count = section.querySelector("output.count");
      const mine = all("table[data-list] tbody tr", section);
      if (count && mine.length) count.textContent = mine.filter((row) => !row.hidden).length + " / " + mine.length;
    }
    document.getElementById("shown").textContent = shown + " / " + rows.length;
  };

  const number = /^-?[\d.]+%?$/;
  const compare = (a, b) => {
    if (number.test(a) && number.test(b)) return parseFloat(a) - parseFloat(b);
    return a.localeCompare(b, "zh-CN", { numeric: true });
  };
  for (const table of all("table.list")) {
    const heads = all("thead th", table);
    heads.forEach((head, at) => {
      const button = document.createElement("button");
      button.type = "button";
      button.textContent = head.textContent;
      head.replaceChildren(button);
      button.addEventListener("click", () => {
        const up = head.getAttribute("aria-sort") !== "ascending";
        heads.forEach((other) => other.removeAttribute("aria-sort"));
        head.setAttribute("aria-sort", up ? "ascending" : "descending");
        const body = table.tBodies[0];
        const key = (row) => row.cells[at].textContent.trim();
        const sorted = [...body.rows].sort((a, b) => compare(key(a), key(b)) * (up ? 1 : -1));
        body.append(...sorted);
      });
    });
  }

  form.addEventListener("input", () => { write(); apply(); });
  form.addEventListener("reset", () => setTimeout(() => { write(); apply(); }));
  form.addEventListener("submit", (event) => event.preventDefault());
  addEventListener("hashchange", () => { read(); apply(); });
  document.getElementById("print").addEventListener("click", () => print());
  read();
  apply();
})();
