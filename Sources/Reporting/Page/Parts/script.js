"use strict";
(() => {
  const root = document.documentElement;
  const all = (selector, from = document) => Array.from(from.querySelectorAll(selector));

  // Sorting: by the figure behind a cell where it has one, else by its text.
  const valueOf = (row, column) => {
    const cell = row.children[column];
    const figure = cell.dataset.value;
    return figure === undefined ? cell.textContent.trim() : Number(figure);
  };
  const sort = (table, column, header) => {
    const descends = header.getAttribute("aria-sort") !== "descending";
    const sign = descends ? -1 : 1;
    const body = table.tBodies[0];
    const rows = Array.from(body.rows).map((row, place) => [valueOf(row, column), place, row]);
    rows.sort((a, b) => {
      const order = typeof a[0] === "number" && typeof b[0] === "number" ? a[0] - b[0]
        : String(a[0]).localeCompare(String(b[0]));
      return order ? sign * order : a[1] - b[1];
    });
    all("th[aria-sort]", table).forEach((other) => other.removeAttribute("aria-sort"));
    header.setAttribute("aria-sort", descends ? "descending" : "ascending");
    body.append(...rows.map((row) => row[2]));
  };
  all("table").forEach((table) => {
    if (table.tBodies[0].rows.length < 2) return;
    Array.from(table.tHead.rows[0].cells).forEach((header, column) => {
      const button = document.createElement("button");
      button.className = "sort";
      button.type = "button";
      button.textContent = header.textContent;
      button.addEventListener("click", () => sort(table, column, header));
      header.replaceChildren(button);
    });
  });

  // Filters of long tables.
  all("table.long").forEach((table) => {
    const box = document.createElement("div");
    box.className = "filter";
    const label = document.createElement("label");
    label.textContent = "Filter ";
    const input = document.createElement("input");
    input.type = "search";
    input.autocomplete = "off";
    const count = document.createElement("span");
    count.setAttribute("role", "status");
    label.append(input);
    box.append(label, count);
    table.closest(".table").before(box);
    const rows = Array.from(table.tBodies[0].rows);
    input.addEventListener("input", () => {
      const words = input.value.toLowerCase().split(/\s+/).filter(Boolean);
      let shown = 0;
      rows.forEach((row) => {
        const text = row.textContent.toLowerCase();
        row.hidden = !words.every((word) => text.includes(word));
        if (!row.hidden) shown += 1;
      });
      count.textContent = words.length ? `${shown} of ${rows.length} rows` : "";
    });
  });

  // Keys.
  const dialog = document.getElementById("keys");
  const step = (selector, by) => {
    const places = all(selector);
    const limit = 80;
    const next = by > 0
      ? places.find((place) => place.getBoundingClientRect().top > limit)
      : places.reverse().find((place) => place.getBoundingClientRect().top < limit - 60);
    if (!next) return;
    next.scrollIntoView();
    next.setAttribute("tabindex", "-1");
    next.focus({ preventScroll: true });
  };
  const theme = () => {
    const order = [undefined, "dark", "light"];
    const next = order[(order.indexOf(root.dataset.theme) + 1) % order.length];
    if (next) root.dataset.theme = next; else delete root.dataset.theme;
  };
  document.addEventListener("keydown", (event) => {
    const isTyping = event.target instanceof HTMLInputElement;
    if (event.key === "Escape" && isTyping) {
      event.target.value = "";
      event.target.dispatchEvent(new Event("input"));
      event.target.blur();
      return;
    }
    if (isTyping || event.ctrlKey || event.metaKey || event.altKey) return;
    switch (event.key) {
    case "?": if (dialog.open) dialog.close(); else dialog.showModal(); break;
    case "]": step("section", 1); break;
    case "[": step("section", -1); break;
    case "j": step(".sample", 1); break;
    case "k": step(".sample", -1); break;
    case "t": theme(); break;
    case "/": {
      const inputs = all(".filter input");
      const input = inputs.find((one) => one.getBoundingClientRect().bottom > 0) || inputs[0];
      if (!input) return;
      event.preventDefault();
      input.focus();
      break;
    }
    default: return;
    }
  });
})();
