"use strict";
const $ = (id) => document.getElementById(id);
let view = null, overlap = null, selected = 0, tab = "clusters", slice = null, state = null, busy = false;

function make(tag, text, name) {
  const node = document.createElement(tag);
  if (text !== undefined && text !== null) node.textContent = text;
  if (name) node.className = name;
  return node;
}
const count = (number) => number.toLocaleString("en");
const figure = (gate, number) => gate.isShare ? share(number) : String(Number(number.toFixed(3)));
const share = (number) => (number * 100).toFixed(1) + " %";

function say(text, bad) {
  $("message").textContent = text || "";
  $("message").className = bad ? "bad" : "";
}

async function ask(path, body) {
  const options = body === undefined ? {} :
    { method: "POST", headers: { "Content-Type": "application/json" }, body: JSON.stringify(body) };
  let answer;
  try {
    answer = await fetch(path, options);
  } catch (error) {
    throw new Error("assay review does not answer; is it still running? Nothing that was decided is lost.");
  }
  const type = answer.headers.get("Content-Type") || "";
  const found = type.startsWith("application/json") ? await answer.json() : { error: (await answer.text()).trim() };
  if (!answer.ok) throw new Error(found.error || "the request failed");
  return found;
}

function showState(next) {
  state = next;
  const parts = [];
  if (state.clusters) parts.push(`${count(state.decided)} of ${count(state.shown)} clusters decided`);
  if (state.overlaps) parts.push(`${count(state.overlapsDecided)} of ${count(state.overlaps)} eval findings`);
  parts.push(`${count(state.rowsIn)} rows in = ${count(state.kept)} kept + ${count(state.removed)} removed + ` +
    `${count(state.quarantined)} quarantined`);
  if (state.copiesAlone) parts.push(`the last ${count(state.copiesAlone)} clusters are copies alone`);
  if (state.audit) parts.push(state.audit);
  if (state.signOff) parts.push(state.signOff);
  $("progress").textContent = parts.join(" · ");
  const all = state.shown + state.overlaps;
  $("bar").value = all ? (state.decided + state.overlapsDecided) / all : 1;
  $("slices").replaceChildren(...state.slices.map((line) => {
    const row = make("tr");
    const lost = line.before ? (line.before - line.after) / line.before : 0;
    const name = make("td", line.name.length > 60 ? line.name.slice(0, 59) + "…" : line.name);
    if (line.after === 0) name.className = "fail";
    row.append(name, make("td", count(line.before)), make("td", count(line.planned)),
      make("td", count(line.after), lost > state.corpusShare && line.before >= 5 ? "fail" : ""),
      make("td", count(line.open)));
    row.title = `${share(lost)} lost; the corpus loses ${share(state.corpusShare)}`;
    return row;
  }));
  $("gates").replaceChildren(...(state.gates.length ? state.gates.map((gate) => make("li",
    `${gate.passed ? "passed" : "FAILED"}: ${gate.name} ${figure(gate, gate.observed)}, limit ${figure(gate, gate.limit)}`,
    gate.passed ? "" : "fail")) : [make("li", "the run has none")]));
  $("tab-overlaps").hidden = state.overlaps === 0;
  $("tab-clusters").hidden = state.clusters === 0;
}

function sides(list) {
  const box = make("div", null, "sides");
  if (!list) {
    box.append(make("p", "no text: the run was made with --no-raw, and its input has changed or moved", "hint"));
    return box;
  }
  for (const side of list) {
    const part = make("div", null, "side");
    part.tabIndex = 0;
    part.append(make("h3", side.side));
    for (const piece of side.pieces) {
      part.append(make(piece.kind === "lost" ? "del" : piece.kind === "kept" ? "ins" : "span", piece.text));
    }
    box.append(part);
  }
  return box;
}

function button(text, key, action) {
  const node = make("button", text + " ");
  node.append(make("kbd", key));
  node.onclick = action;
  return node;
}

function showCluster() {
  const work = $("work");
  if (!view) {
    work.replaceChildren(make("p", "This run has no clusters of duplicates to decide."));
    return;
  }
  const head = make("div");
  head.append(make("h2", `Cluster ${count(view.place + 1)} of ${count(view.count)}: ` +
    `${view.memberCount === 1 ? "1 row" : count(view.memberCount) + " rows"} removed for one keeper · ${view.status}`));
  head.append(make("p", (view.isAudited ? "Drawn for the audit. " : `Risk ${view.risk.toFixed(3)}: text lost x rarity ` +
    "of the slice x unlikeness. ") + "Struck out: in the removed row alone. Underlined: in its keeper alone.", "hint"));
  const acts = make("div", null, "row");
  acts.append(button("Accept", "a", keys.a.run), button("Restore row", "r", keys.r.run),
    button("Restore cluster", "R", keys.R.run), button("Make keeper", "k", keys.k.run),
    button("Skip", "s", keys.s.run), button("Back", "p", keys.p.run), button("Undo", "u", keys.u.run),
    button("Note", "m", keys.m.run), button("Next slice in danger", "d", keys.d.run));
  const keeper = make("article", null, "keeper");
  const facts = make("p", `keeper ${view.keeper.shard}:${view.keeper.ordinal} · `, "facts");
  facts.append(make("span", view.keeperState, "state " + view.keeperState),
    make("span", view.keeper.slices.length ? " · " + view.keeper.slices.join(", ") : ""));
  keeper.append(facts, sides(view.keeperSides));
  const members = view.members.map((member, place) => {
    const box = make("article");
    const line = make("p", `${member.row.shard}:${member.row.ordinal} · `, "facts");
    line.append(make("span", { removed: "removed", kept: "restored: kept", freed: "kept: below the threshold of the " +
      "new keeper", keeper: "the keeper now", overlap: "removed: holds an eval item" }[member.state],
      "state " + member.state));
    line.append(make("span", ` · ${member.kind} ${member.similarity.toFixed(3)} · ${member.difference} · ` +
      `${share(member.textLost)} of its text lost · ${member.row.slices.join(", ")}`));
    box.append(line, sides(member.sides));
    box.onclick = () => select(place);
    return box;
  });
  const pages = make("p", null, "row");
  if (view.from > 0) pages.append(button("Rows before", "<", keys["<"].run));
  if (view.from + view.members.length < view.memberCount) pages.append(button("More rows", ">", keys[">"].run));
  if (pages.childNodes.length) pages.append(make("span", `rows ${view.from + 1} to ${view.from + view.members.length} ` +
    `of ${count(view.memberCount)}`));
  const words = make("ul");
  for (const word of view.words) {
    words.append(make("li", `${word.time} ${word.reviewer}: ${word.action}` + (word.note ? ` “${word.note}”` : "")));
  }
  work.replaceChildren(head, acts, keeper, ...members, pages, words);
  select(Math.min(selected, Math.max(0, members.length - 1)), true);
}

function select(place, quiet) {
  selected = place;
  const boxes = document.querySelectorAll("#work article:not(.keeper)");
  boxes.forEach((box, index) => box.setAttribute("aria-current", String(index === place)));
  if (!quiet && boxes[place]) boxes[place].scrollIntoView({ block: "nearest" });
}

function showOverlap() {
  const work = $("work");
  if (!overlap) {
    work.replaceChildren(make("p", "This run found no eval items."));
    return;
  }
  const head = make("div");
  head.append(make("h2", `Finding ${count(overlap.place + 1)} of ${count(overlap.count)}: item ${overlap.item} of ` +
    `${overlap.set} · ${overlap.verdict} · ${share(overlap.coverage)} covered · ${overlap.state}`));
  const acts = make("div", null, "row");
  acts.append(button("Remove the row", "x", keys.x.run), button("Retire the item", "e", keys.e.run),
    button("Not contamination", "c", keys.c.run), button("Leave", "a", keys.a.run), button("Skip", "s", keys.s.run),
    button("Back", "p", keys.p.run), button("Undo", "u", keys.u.run));
  const box = make("article");
  box.append(make("p", `row ${overlap.row.shard}:${overlap.row.ordinal}`, "facts"));
  if (overlap.rowText === null || overlap.rowText === undefined) {
    box.append(make("p", "no text: the run was made with --no-raw", "hint"));
  } else {
    const both = make("div", null, "sides");
    for (const [name, text] of [["in the row", overlap.rowText], ["in the eval item", overlap.itemText]]) {
      const part = make("div", null, "side");
      part.append(make("h3", name), make("span", text));
      both.append(part);
    }
    box.append(both);
  }
  work.replaceChildren(head, acts, box);
}

async function open(place, from) {
  if (!state.shown) { view = null; showCluster(); return; }
  view = await ask(`/api/cluster?place=${Math.max(0, Math.min(place, state.shown - 1))}&from=${from || 0}`);
  history.replaceState(null, "", "#cluster-" + view.place);
  if (!from) selected = 0;
  showCluster();
}

async function openOverlap(place) {
  if (!state.overlaps) { overlap = null; showOverlap(); return; }
  overlap = await ask(`/api/overlap?place=${Math.max(0, Math.min(place, state.overlaps - 1))}`);
  history.replaceState(null, "", "#eval-" + overlap.place);
  showOverlap();
}

async function doing(work) {
  if (busy) return;
  busy = true;
  try { await work(); } catch (error) { say(error.message, true); } finally { busy = false; }
}

function decide(path, body, stay) {
  return doing(async () => {
    const next = await ask(path, body);
    showState(next);
    say(next.message);
    if (tab === "overlaps") {
      await openOverlap(stay ? overlap.place : overlap.place + 1);
    } else if (stay || next.next === null || next.next === undefined) {
      await open(view ? view.place : 0, stay && view ? view.from : 0);
      if (!stay) say("all clusters are decided; sign off with S");
    } else {
      await open(next.next);
    }
  });
}

const member = () => view.members[selected];
const eval_ = (action) => () => { if (overlap) decide("/api/overlap", { place: overlap.place, action }); };

const keys = {
  a: { text: "accept: the removals that nobody restored stand (an eval finding: leave it as planned)", both: true,
    run: () => tab === "overlaps" ? eval_("accept")() : view && decide("/api/accept", { cluster: view.cluster }) },
  r: { text: "restore the row that is marked, or take that back", run: () => view && member() &&
    decide(["kept", "freed"].includes(member().state) ? "/api/accept" : "/api/restore",
      { cluster: view.cluster, members: [member().member] }, true) },
  R: { text: "restore all rows of the cluster", run: () => view && decide("/api/restore", { cluster: view.cluster }) },
  k: { text: "make the marked row the keeper; rows that do not reach it stay", run: () => {
    if (!view || !member()) return;
    if (view.keeperStays) say(view.keeperStays, true);
    else decide("/api/keeper", { cluster: view.cluster, member: member().member }, true);
  } },
  s: { text: "skip", both: true, run: () => doing(() => { 
    const last = tab === "overlaps" ? overlap.place + 1 >= overlap.count : view.place + 1 >= view.count;
    say(last ? "that was the last one; n goes to the next open cluster" : "");
    return tab === "overlaps" ? openOverlap(overlap.place + 1) : open(view.place + 1); }) },
  p: { text: "back", both: true, run: () => doing(() => { say(""); return tab === "overlaps" ? openOverlap(overlap.place - 1) :
    open(view.place - 1); }) },
  j: { text: "mark the next row", run: () => view && select(Math.min(selected + 1, view.members.length - 1)) },
  i: { text: "mark the row before", run: () => view && select(Math.max(selected - 1, 0)) },
  ">": { text: "more rows of a large cluster", run: () => doing(() => open(view.place, view.from + view.members.length)) },
  "<": { text: "rows before", run: () => doing(() => open(view.place, Math.max(0, view.from - 20))) },
  u: { text: "undo your last decision", both: true, run: () => decide("/api/undo", {}, true) },
  m: { text: "a note on the cluster", run: () => view && dialog("A note on this cluster", [["note", "Note", ""]],
    (values) => decide("/api/note", { cluster: view.cluster, note: values.note }, true)) },
  d: { text: "the riskiest open cluster of the next slice in danger", both: true, run: () => doing(async () => {
    const here = tab === "clusters" && view ? "from=" + view.place : "";
    const found = await ask("/api/danger?" + here + (slice ? "&after=" + encodeURIComponent(slice) : ""));
    if (found.place === null || found.place === undefined) { say("no slice has open removals"); return; }
    slice = found.slice;
    tab = "clusters";
    showTab();
    await open(found.place);
    say("slice " + slice);
  }) },
  n: { text: "the next open cluster", both: true, run: () => doing(async () => {
    if (state.next === null || state.next === undefined) say("all clusters are decided; sign off with S");
    else { tab = "clusters"; showTab(); await open(state.next); }
  }) },
  b: { text: "accept many clusters by a filter", run: bulk },
  x: { text: "eval finding: the row leaves the training rows", finding: true, run: eval_("remove") },
  e: { text: "eval finding: the item is to be retired, and no longer counts", finding: true, run: eval_("retire") },
  c: { text: "eval finding: no contamination", finding: true, run: eval_("not-contamination") },
  t: { text: "duplicates or eval items", both: true, run: () => { tab = tab === "clusters" ? "overlaps" : "clusters"; showTab(true); } },
  S: { text: "sign off", both: true, run: () => dialog("Sign off", [["statement", "What you looked at, and what you answer for", ""]],
    (values) => decide("/api/sign-off", { statement: values.statement }, true)) },
  "?": { text: "these keys", both: true, run: () => $("keys").showModal() },
};

function dialog(title, fields, done, check) {
  $("ask-title").textContent = title;
  $("ask-answer").textContent = "";
  $("ask-fields").replaceChildren(...fields.map(([name, text, value]) => {
    const label = make("label", text);
    const input = make("input");
    input.name = name;
    input.value = value;
    label.append(input);
    return label;
  }));
  const values = () => Object.fromEntries(fields.map(([name]) =>
    [name, $("ask-fields").querySelector(`[name=${name}]`).value.trim()]));
  $("ask-check").hidden = !check;
  $("ask-go").disabled = Boolean(check);
  $("ask-fields").oninput = () => { if (check) $("ask-go").disabled = true; };
  $("ask-check").onclick = () => check && check(values());
  $("ask-cancel").onclick = () => $("ask").close("cancel");
  // Enter in a field does what is asked, or counts first where that is asked.
  $("ask-form").onsubmit = (event) => {
    if (!$("ask-go").disabled) return;
    event.preventDefault();
    $("ask-check").click();
  };
  $("ask").onclose = () => { if ($("ask").returnValue === "go") done(values()); else say("nothing was done"); };
  $("ask").returnValue = "";
  $("ask").showModal();
}

function bulk() {
  const filter = (values) => {
    const found = {};
    for (const name of ["similarity", "textLost"]) {
      if (!values[name]) continue;
      found[name] = Number(values[name]);
      if (!Number.isFinite(found[name])) throw new Error(`${values[name]} is no number; write it as 0.95`);
    }
    for (const name of ["slice", "kind", "difference"]) if (values[name]) found[name] = values[name];
    return found;
  };
  const current = slice || "";
  dialog("Accept all open clusters whose every removed row meets…", [
    ["similarity", "similarity at least (as 0.95)", "0.95"], ["textLost", "text lost at most (as 0.02)", ""],
    ["slice", "slice (as queue=refunds)", current], ["kind", "kind (identical, exact, near, contained, prefix)", ""],
    ["difference", "difference (as form, wording)", ""]],
    (values) => decide("/api/accept-all", { filter: filter(values), commit: true }),
    (values) => doing(async () => {
      try {
        $("ask-answer").textContent = (await ask("/api/accept-all", { filter: filter(values) })).message;
        $("ask-go").disabled = false;
        $("ask-go").focus();
      } catch (error) { $("ask-answer").textContent = error.message; }
    }));
}

function showTab(load) {
  $("tab-clusters").setAttribute("aria-pressed", String(tab === "clusters"));
  $("tab-overlaps").setAttribute("aria-pressed", String(tab === "overlaps"));
  if (load) doing(() => tab === "clusters" ? open(view ? view.place : state.next || 0) :
    openOverlap(overlap ? overlap.place : 0));
}

document.addEventListener("keydown", (event) => {
  if (event.ctrlKey || event.metaKey || event.altKey || $("ask").open || $("keys").open) return;
  if (/^(INPUT|TEXTAREA|SELECT)$/.test(event.target.tagName)) return;
  const name = { ArrowDown: "j", ArrowUp: "i", ArrowRight: "s", ArrowLeft: "p" }[event.key] || event.key;
  if (!Object.hasOwn(keys, name) || !state) return;
  event.preventDefault();
  const key = keys[name];
  if (!key.both && Boolean(key.finding) !== (tab === "overlaps")) {
    say(tab === "overlaps" ? `${name} is for clusters of duplicates; t goes there` :
      `${name} is for eval findings` + (state.overlaps ? "; t goes there" : ", and this run has none"), true);
    return;
  }
  key.run();
});

for (const [name, key] of Object.entries(keys)) {
  const term = make("dt");
  term.append(make("kbd", name));
  $("key-list").append(term, make("dd", key.text));
}
$("tab-clusters").onclick = () => { tab = "clusters"; showTab(true); };
$("tab-overlaps").onclick = () => { tab = "overlaps"; showTab(true); };
$("bulk").onclick = bulk;
$("sign").onclick = () => keys.S.run();
$("help").onclick = () => keys["?"].run();

doing(async () => {
  showState(await ask("/api/state"));
  const [, kind, place] = /^#(cluster|eval)-(\d+)$/.exec(location.hash) || [];
  if (kind === "eval" || !state.clusters) {
    tab = "overlaps";
    showTab();
    await openOverlap(Number(place) || 0);
  } else {
    await open(place !== undefined ? Number(place) : state.next || 0);
  }
});
