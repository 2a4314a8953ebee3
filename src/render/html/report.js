(() => {
  "use strict";
  const all = (selector, root = document) => [...root.querySelectorAll(selector)];
  const form = document.getElementById("filters");
  const names = ["unit", "task", "leader", "kind", "severity"];
  form.hidden = false;
  document.documentElement.classList.add("scripted");

  // The first rows of a list stand in the page; the rest are data until they are asked for.
  const rest = JSON.parse(document.getElementById("rest")?.textContent ?? "null");
  const page = 2000;
  const lists = all("table.list").map((table) => {
    const body = table.tBodies[0];
    const name = table.dataset.list;
    const rows = [...body.rows].map((row) => ({
      row, by: row.dataset, cells: [...row.cells].map((cell) => cell.textContent.trim()),
    }));
    const standing = rows.length;
    const more = (rest?.[name] ?? []).map(([by, cells, classes], at) => ({
      row: null, classes, cells: [...(name === "units" ? [] : [String(standing + at + 1)]), ...cells.map((cell) => rest.texts[cell])],
      by: Object.fromEntries(names.map((key, nth) => [key, rest.texts[by[nth]] ?? ""])),
    }));
    rows.push(...more);
    for (const item of rows) {
      item.text = item.cells.join(" ").toLowerCase();
      item.leaders = (item.by.leader || "").split("、");
    }
    const button = table.nextElementSibling;
    return { table, body, name, rows, most: page, count: table.closest("section").querySelector("output.count"), button };
  });

  const order = (list) => list.body.append(...list.rows.filter((item) => item.row).map((item) => item.row));
  const drawn = (list, item) => {
    const row = item.row = list.body.rows[0].cloneNode(true);
    for (const name of names) if (name in row.dataset) row.dataset[name] = item.by[name];
    item.cells.forEach((text, at) => { row.cells[at].textContent = text; row.cells[at].removeAttribute("title"); });
    for (let at = 0; at < item.classes.length; at += 2) {
      row.cells[item.classes[at]].className = rest.texts[item.classes[at + 1]];
    }
  };

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
    let shown = 0, of = 0;
    for (const list of lists) {
      const fits = list.name === "units"
        ? (item) => !wanted.unit || item.by.unit === wanted.unit
        : (item) => names.every((name) => !wanted[name]
          || (name === "leader" ? item.leaders.includes(wanted.leader) : item.by[name] === wanted[name]))
          && words.every((word) => item.text.includes(word));
      const fitting = list.rows.filter(fits);
      const seen = new Set(fitting.slice(0, list.most));
      const fresh = [...seen].filter((item) => !item.row);
      for (const item of fresh) drawn(list, item);
      if (fresh.length) order(list);
      for (const item of list.rows) if (item.row) item.row.hidden = !seen.has(item);
      list.button.hidden = fitting.length <= list.most;
      if (list.name === "units") continue;
      if (list.count) list.count.textContent = fitting.length + " / " + list.rows.length;
      shown += fitting.length;
      of += list.rows.length;
    }
    document.getElementById("shown").textContent = shown + " / " + of;
  };

  const number = /^-?[\d.]+%?$/;
  const compare = (a, b) => {
    if (number.test(a) && number.test(b)) return parseFloat(a) - parseFloat(b);
    return a.localeCompare(b, "zh-CN", { numeric: true });
  };
  for (const list of lists) {
    const heads = all("thead th", list.table);
    heads.forEach((head, at) => {
      const button = document.createElement("button");
      button.type = "button";
      button.textContent = head.textContent;
      head.replaceChildren(button);
      button.addEventListener("click", () => {
        const up = head.getAttribute("aria-sort") !== "ascending";
        heads.forEach((other) => other.removeAttribute("aria-sort"));
        head.setAttribute("aria-sort", up ? "ascending" : "descending");
        list.rows.sort((a, b) => compare(a.cells[at], b.cells[at]) * (up ? 1 : -1));
        list.most = page;
        apply();
        order(list);
      });
    });
    list.button.addEventListener("click", () => { list.most += page; apply(); });
  }

  const asked = () => { for (const list of lists) list.most = page; apply(); };
  form.addEventListener("input", () => { write(); asked(); });
  form.addEventListener("reset", () => setTimeout(() => { write(); asked(); }));
  form.addEventListener("submit", (event) => event.preventDefault());
  addEventListener("hashchange", () => { read(); asked(); });
  document.getElementById("print").addEventListener("click", () => print());
  read();
  apply();
})();
