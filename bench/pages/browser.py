#!/usr/bin/env python3
"""Opens the pages of Assay in a headless Chromium and counts what must not happen.

    browser.py ASSAY --out DIR [--strings FILE...] [--chromium PATH]

Makes a corpus whose texts, ids and slice values are hostile strings (our own list, and those of FILE: a JSON array, or
JSONL rows), scans it, and opens the report (light and dark, 400 and 1600 px, print) and the review page, walking all
clusters with the keyboard. Counts strings shown, scripts run, dialogs, requests and console errors; times the first
paint and a key press. Needs `pip install playwright` and a Chromium.
"""
import argparse
import json
import os
import re
import shutil
import statistics
import subprocess
import sys
import time

from playwright.sync_api import sync_playwright

OWN = [
    "<script>window.executed = 1</script>",
    "<img src=x onerror=\"window.executed = 1\">",
    "<svg/onload=window.executed=1>",
    "\"><script>window.executed=1</script>",
    "' onmouseover='window.executed=1' x='",
    "</style><script>window.executed=1</script>",
    "</script><script>window.executed=1</script>",
    "--><script>window.executed=1</script>",
    "]]><script>window.executed=1</script>",
    "<a href=\"javascript:window.executed=1\">press</a>",
    "<iframe srcdoc=\"<script>parent.executed=1</script>\"></iframe>",
    "<base href=\"http://127.0.0.1:9/\">",
    "<meta http-equiv=\"refresh\" content=\"0;url=http://127.0.0.1:9/\">",
    "<link rel=stylesheet href=http://127.0.0.1:9/x.css>",
    "<form action=http://127.0.0.1:9/><input autofocus onfocus=window.executed=1></form>",
    "{{script}} {{{style}}} {{#sections}}{{> report}}{{/sections}}",
    "${window.executed=1} `${window.executed=1}`",
    "\u202egnirts desrever\u202c and \u2066isolated\u2069",
    "\u0000\u0007\u001b[31mred\u001b[0m",
    "zero\u200bwidth\u200djoined\ufeffmark",
    "Z\u0351\u036b\u0343\u036a\u0302a\u0300\u0301\u0302l\u0338g\u0336o",
    "\U0001f468\u200d\U0001f469\u200d\U0001f467 family",
    "a" * 5000,
    "constructor __proto__ toString hasOwnProperty",
    "%3Cscript%3Ewindow.executed=1%3C/script%3E &lt;script&gt;",
    "line\u2028separator\u2029paragraph",
]


def strings(files):
    found = list(OWN)
    for name in files:
        text = open(name, "rb").read().decode("utf-8", "replace")
        try:
            values = json.loads(text)
            found += [value for value in values if isinstance(value, str)]
            continue
        except ValueError:
            pass
        for line in text.split("\n"):
            try:
                row = json.loads(line)
            except ValueError:
                continue
            values = row.values() if isinstance(row, dict) else [row]
            found += [value for value in values if isinstance(value, str)]
    seen = set()
    return [one for one in found if one.strip() and not (one in seen or seen.add(one))]


def corpus(values, path):
    """Two rows a string that differ in a word, so that each is a cluster of the report and of the queue."""
    with open(path, "w", encoding="utf-8") as file:
        for number, value in enumerate(values):
            base = " ".join(f"w{(number * 7919 + place * 104729) % 999983}" for place in range(40))
            for copy in ("first", "second"):
                row = {"text": f"{value}\n{base} {copy}", "id": value[:80], "kind": value[:60]}
                file.write(json.dumps(row) + "\n")


class Watch:
    """What a page does that it must not."""

    def __init__(self, page, allowed):
        self.requests, self.errors, self.dialogs = [], [], 0
        page.on("request", lambda request: None if request.url.startswith(allowed) else self.requests.append(request.url))
        page.on("console", lambda message: self.errors.append(message.text) if message.type == "error" else None)
        page.on("pageerror", lambda error: self.errors.append(str(error)))
        page.on("dialog", self.dismiss)
        page.on("popup", lambda popup: self.requests.append(popup.url))

    def dismiss(self, dialog):
        self.dialogs += 1
        dialog.dismiss()

    def line(self, name, executed):
        return (f"{name}: executed {executed}, dialogs {self.dialogs}, requests {len(self.requests)}, "
                f"console errors {len(self.errors)} {self.errors[:3] or ''} {self.requests[:3] or ''}")


def changed(page, expression, former, seconds):
    """Polls from outside: the page's policy forbids what the driver's own waiting evaluates."""
    end = time.perf_counter() + seconds
    while time.perf_counter() < end:
        if page.evaluate(expression) != former:
            return True
        time.sleep(0.002)
    return False


def executed(page):
    return page.evaluate("window.executed === undefined ? 0 : 1")


def visible(text):
    """Text as a page may show it: control and format characters made visible or dropped, white space folded."""
    return re.sub(r"[^\w]+", "", text)


def shown(values, text):
    there = visible(text)
    return sum(1 for value in values if visible(value)[:60] in there)


def report(browser, path, out, values):
    lines = []
    for scheme, width in (("light", 1600), ("dark", 1600), ("light", 400), ("dark", 400)):
        page = browser.new_page(color_scheme=scheme, viewport={"width": width, "height": 1000})
        address = "file://" + os.path.abspath(path)
        watch = Watch(page, address)
        start = time.perf_counter()
        page.goto(address)
        seconds = time.perf_counter() - start
        page.screenshot(path=f"{out}/report-{scheme}-{width}.png")
        wide = page.evaluate("document.documentElement.scrollWidth > document.documentElement.clientWidth")
        text = page.evaluate("document.body.textContent")
        lines.append(watch.line(f"report {scheme} {width} px", executed(page))
                     + f"; {seconds:.2f} s; {'scrolls sideways' if wide else 'fits'}; {shown(values, text)} strings in it")
        if (scheme, width) == ("light", 1600):
            page.emulate_media(media="print")
            page.pdf(path=f"{out}/report.pdf")
        page.close()
    return lines


def review(browser, assay, run, out, values, most):
    process = subprocess.Popen([assay, "review", run, "--reviewer", "browser"], stdin=subprocess.PIPE,
                               stdout=subprocess.PIPE, text=True)
    try:
        link = None
        start = time.perf_counter()
        for line in process.stdout:
            match = re.search(r"http://\S+", line)
            if match:
                link = match.group(0)
                break
        ready = time.perf_counter() - start
        origin = re.match(r"http://[^/]+", link).group(0)
        page = browser.new_page(viewport={"width": 1600, "height": 1000})
        watch = Watch(page, origin + "/")
        start = time.perf_counter()
        page.goto(link)
        page.wait_for_selector("#work article")
        paint = time.perf_counter() - start
        page.screenshot(path=f"{out}/review-light-1600.png")
        state = "document.querySelector('header').textContent + document.querySelector('#message').textContent"
        head = "document.querySelector('#work h2').textContent"
        seen, texts, presses = set(), [], []
        while len(seen) < most:
            title = page.evaluate(head)
            if title in seen:
                break
            seen.add(title)
            texts.append(page.evaluate("document.querySelector('#work').textContent"))
            start = time.perf_counter()
            page.keyboard.press("s")
            if not changed(page, head, title, 3):
                break
            presses.append(time.perf_counter() - start)
        decided = []
        for key in ("a", "a", "r", "u"):
            before = page.evaluate(state)
            start = time.perf_counter()
            page.keyboard.press(key)
            changed(page, state, before, 60)
            decided.append(time.perf_counter() - start)
            time.sleep(0.2)
        page.keyboard.press("?")
        page.screenshot(path=f"{out}/review-keys.png")
        page.reload()
        page.wait_for_selector("#work article")
        lines = [watch.line(f"review of {len(seen)} clusters", executed(page))
                 + f"; {shown(values, ' '.join(texts))} strings shown",
                 f"review: link after {ready:.2f} s, first paint {paint:.2f} s, key press (skip) median "
                 f"{statistics.median(presses) * 1000:.0f} ms, decisions {[f'{one * 1000:.0f}' for one in decided]} ms"]
        for scheme, width in (("dark", 1600), ("light", 400), ("dark", 400)):
            page.emulate_media(color_scheme=scheme)
            page.set_viewport_size({"width": width, "height": 1000})
            page.screenshot(path=f"{out}/review-{scheme}-{width}.png")
            if page.evaluate("document.documentElement.scrollWidth > document.documentElement.clientWidth"):
                lines.append(f"review {scheme} {width} px scrolls sideways")
        page.close()
        return lines
    finally:
        process.terminate()
        process.wait()


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("assay")
    parser.add_argument("--out", required=True)
    parser.add_argument("--strings", nargs="*", default=[])
    parser.add_argument("--chromium", default="/usr/bin/chromium")
    parser.add_argument("--run", help="a run to open instead of making one")
    parser.add_argument("--most", type=int, default=2000, help="clusters to walk")
    options = parser.parse_args()
    os.makedirs(options.out, exist_ok=True)
    values = []
    run = options.run
    if run is None:
        values = strings(options.strings)
        corpus(values, f"{options.out}/hostile.jsonl")
        run = f"{options.out}/run"
        shutil.rmtree(run, ignore_errors=True)
        subprocess.run([options.assay, "dedup", f"{options.out}/hostile.jsonl", "--text", "text", "--slice", "kind",
                        "--slice-top", "2000", "--max-drop", "1", "--quiet", "--force", "--out", run], check=True,
                       stdout=subprocess.DEVNULL)
    start = time.perf_counter()
    subprocess.run([options.assay, "report", run, "--show-text", "--force", "-o", f"{options.out}/report.html"], check=True,
                   stdout=subprocess.DEVNULL)
    print(f"report made in {time.perf_counter() - start:.2f} s, {os.path.getsize(options.out + '/report.html'):,} bytes; "
          f"{len(values)} hostile strings")
    with sync_playwright() as play:
        browser = play.chromium.launch(executable_path=options.chromium, args=["--no-sandbox"])
        for line in report(browser, f"{options.out}/report.html", options.out, values):
            print(line)
        for line in review(browser, options.assay, run, options.out, values, options.most):
            print(line)
        browser.close()


if __name__ == "__main__":
    sys.exit(main())
