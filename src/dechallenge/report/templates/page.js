(() => {
  "use strict";
  const calm = matchMedia("(prefers-reduced-motion: reduce)").matches;
  const index = (attribute) => {
    const map = new Map();
    for (const node of document.querySelectorAll(`[${attribute}]`)) {
      for (const name of node.getAttribute(attribute).split(" ")) {
        if (!map.has(name)) map.set(name, []);
        map.get(name).push(node);
      }
    }
    return map;
  };
  const marks = index("data-m"), points = index("data-w");
  const clear = (name) => document.querySelectorAll(`.${name}`).forEach((node) => node.classList.remove(name));
  const reveal = (node) => {
    for (let up = node.parentElement; up; up = up.parentElement) if (up.tagName === "DETAILS") up.open = true;
    node.scrollIntoView({ block: "center", inline: "nearest", behavior: calm ? "auto" : "smooth" });
  };
  const light = (names, name) => names.flatMap((word) => marks.get(word) || []).map((node) => (node.classList.add(name), node));

  const toWords = (point, names) => {
    clear("lit"); clear("here");
    point.classList.add("here");
    const lit = light(names, "lit");
    if (lit.length) reveal(lit[0]);
  };
  const toPoints = (mark) => {
    clear("lit"); clear("here");
    const names = mark.dataset.m.split(" ");
    light(names, "lit");
    const box = mark.closest(".story").querySelector(".uses");
    const found = [...new Set(names.flatMap((word) => points.get(word) || []))];
    found.forEach((node) => node.classList.add("here"));
    box.replaceChildren();
    const title = document.createElement("p");
    title.textContent = found.length ? "Used for" : "Read, and not used for a point";
    const close = document.createElement("button");
    close.type = "button"; close.textContent = "Close"; close.addEventListener("click", dismiss);
    title.append(" ", close);
    const list = document.createElement("ul");
    const labels = new Set();
    for (const node of found) {
      if (labels.has(node.dataset.label)) continue;
      labels.add(node.dataset.label);
      const link = document.createElement("a");
      link.href = `#${node.id}`; link.textContent = node.dataset.label;
      link.addEventListener("click", (event) => { event.preventDefault(); reveal(node); flash(node); });
      const entry = document.createElement("li");
      entry.append(link); list.append(entry);
    }
    box.append(title, list);
    box.hidden = false;
  };
  const flash = (node) => { clear("flash"); void node.getBoundingClientRect(); node.classList.add("flash"); };
  const dismiss = () => {
    clear("lit"); clear("here"); clear("flash");
    document.querySelectorAll(".uses").forEach((box) => { box.hidden = true; });
  };

  const act = (event) => {
    const cite = event.target.closest("a.cite");
    if (cite) { event.preventDefault(); toWords(cite.closest("[data-w]") || cite, [cite.dataset.to]); return true; }
    const mark = event.target.closest("a[data-m]");
    if (mark) { event.preventDefault(); toPoints(mark); return true; }
    if (event.target.closest("a, button, summary")) return false;
    const point = event.target.closest("[data-w]");
    if (point && !String(getSelection())) { toWords(point, point.dataset.w.split(" ")); return true; }
    return false;
  };
  document.addEventListener("click", act);
  document.addEventListener("keydown", (event) => {
    if (event.key === "Escape") dismiss();
    if ((event.key === "Enter" || event.key === " ") && event.target.matches("[role=link]")) {
      event.preventDefault(); act(event);
    }
  });
  document.addEventListener("mouseover", (event) => {
    clear("near");
    const point = event.target.closest("[data-w]");
    if (point) light(point.dataset.w.split(" "), "near");
    const mark = event.target.closest("a[data-m]");
    if (mark) mark.dataset.m.split(" ").flatMap((word) => points.get(word) || []).forEach((node) => node.classList.add("near"));
  });
  const target = () => {
    const node = location.hash.length > 1 && document.getElementById(location.hash.slice(1));
    if (node && node.tagName === "DETAILS") node.open = true;
  };
  addEventListener("hashchange", target); target();
  let shut = [];
  addEventListener("beforeprint", () => {
    shut = [...document.querySelectorAll("details:not([open])")];
    shut.forEach((node) => { node.open = true; });
  });
  addEventListener("afterprint", () => shut.forEach((node) => { node.open = false; }));
})();
