// Where the focus goes when the page is drawn anew and the focus would be nowhere.
const at = (name) => document.querySelector(`[data-testid="${name}"]`)
const running = () => at("stApp")?.dataset.testScriptState !== "notRunning"
const lost = () => !document.activeElement || document.activeElement === document.body
const heading = () => location.pathname + document.querySelector("h1")?.innerText
const give = (element, scrolls = false) => {
  if (element && element.tabIndex < 0) element.tabIndex = -1
  element?.focus({preventScroll: !scrolls})
}
const precedes = (one, other) => one.compareDocumentPosition(other) & Node.DOCUMENT_POSITION_FOLLOWING
const found = (selector) => [...document.querySelectorAll(`[data-testid=stMain] :is(${selector})`)]
const touch = matchMedia("(pointer: coarse)")

// What a field is of is described by it, and brought into sight where the screen has room for both.
const titled = (field) => {
  const heading = found("h1, h2, h3, h4").filter(each => precedes(each, field)).pop()
  if (!heading) return
  document.getElementById("led-to")?.removeAttribute("id")
  heading.id = "led-to"
  field.setAttribute("aria-describedby", heading.id)
  const top = heading.getBoundingClientRect().top
  if (top < 64 && field.getBoundingClientRect().bottom - top < innerHeight * 0.7) heading.scrollIntoView()
}

// What was told before stands over nothing that has the focus, and not beside a refusal.
const silence = (covers = () => true) =>
  [...document.querySelectorAll("[data-testid=stToast]")].filter(covers).forEach(
    each => [...each.querySelectorAll("button")].pop()?.click())
const uncover = (target) => {
  const {left, right, top, bottom} = target.getBoundingClientRect()
  const [x, y] = [(left + right) / 2, (top + bottom) / 2]
  silence(each => {
    const box = each.getBoundingClientRect()
    return !each.contains(target) && box.left < x && x < box.right && box.top < y && y < box.bottom
  })
}

// To the first field of the form that was saved, or the table, or the address to copy, which `view.lead_to` names.
// The focus of a finger is left alone, for it would bring up the keyboard.
let told = ""
const lead = () => {
  const mark = document.querySelector('[class*="st-key-first-of-"]')
  const [name, part] = mark?.className.match(/st-key-first-of-[0-9]+(-[^ ]+)/) ?? []
  if (!name || name === told || touch.matches) return
  const first = document.querySelector(`[class*="${part}"] :is(textarea, input, canvas, pre):not(:disabled)`)
  if (!first) return
  const field = first.closest("[role=radiogroup]")?.querySelector(":checked") ?? first
  told = name
  give(field, true)
  titled(field)
}

// To the field that was refused, which `view.refused` names: it is marked, and tied to why.
let refusal, marked = []
const refuse = () => {
  const why = document.querySelector('[class*="st-key-refused-"]')
  const [turn, name, hex] = why?.className.match(/st-key-refused-[0-9]+-([a-z_]*)-([0-9a-f]*)/) ?? []
  if (turn === refusal) return
  refusal = turn
  marked.forEach(each => ["aria-invalid", "aria-describedby", "data-why"].forEach(said => each.removeAttribute(said)))
  marked = []
  if (why) silence()
  const last = (all) => all.filter(each => precedes(each, why)).pop() ?? all[0]
  const keyed = name && found('[class*="st-key-"]').filter(
    each => new RegExp(`(^| )st-key-(report-)?${name}( |-|$)`).test(each.className))
  const label = hex && decodeURIComponent(hex.replace(/../g, "%$&")).toLowerCase()
  const labelled = label && found("[data-testid=stWidgetLabel]").filter(
    each => each.innerText.trim().toLowerCase().startsWith(label)).map(each => each.parentElement)
  const place = last(keyed || []) ?? last(labelled || [])
  if (!place) return
  why.id = turn
  marked = [...place.querySelectorAll("[role=radiogroup], textarea, input:not([type=radio], [type=file])")]
  marked.forEach(each => { each.ariaInvalid = "true"; each.setAttribute("aria-describedby", turn) })
  place.dataset.why = [...why.querySelectorAll("p")].pop()?.innerText ?? why.innerText
  marked.push(place)
  place.querySelector("textarea, input:not(:disabled)")?.focus()
}

// To the heading of the page a link led to, and near by where what had it is gone.
let path = [], before = [], opener = null, left = null, ran = false
const stops = () => found("h1, h2, h3, h4, a, button, input, textarea, summary, canvas").filter(
  each => (each.tabIndex >= 0 || each.matches("h1, h2, h3, h4")) && !each.disabled && each.checkVisibility() &&
    !(touch.matches && each.matches("input, textarea")))
const words = (each) => (each.querySelector("p") ?? each).textContent
document.addEventListener("focusin", ({target}) => {
  uncover(target)
  if (at("stMain")?.contains(target)) {
    const earlier = stops().filter(each => precedes(each, target) && !each.contains(target))
    before = earlier.slice(-9).map(each => [each, words(each)])
  }
  path = []
  for (let each = target; each && each !== document.body; each = each.parentElement) path.push(each)
})
document.addEventListener("focusout", ({target}) => queueMicrotask(() => {
  if (target.isConnected && !target.disabled && lost()) path = []  // left by whoever had it
}))
document.addEventListener("click", ({target}) => {
  if (!target.closest('a:is([data-testid*="NavLink"], [data-testid^="stTopNav"], [data-testid^="stTopNav"] *)')) return
  left = heading()
  ran = false
}, true)
const arrive = () => {
  if (!ran || left === null || left === heading()) return
  left = null
  give(document.querySelector("h1"), true)
}
const keep = () => {
  if (!path.length || !lost() || running()) return
  if (path[0].tagName === "H1") return give(document.querySelector("h1"))
  const now = stops()  // what was drawn anew is known by its words
  const near = before.map(([each, said]) => now.includes(each) ? each : now.find(one => said && words(one) === said))
    .filter(Boolean).pop()
  give([opener, near, document.querySelector("h1")].find(each => each?.isConnected), true)
}

// Into what opens, and back; the phone's menu is left by Escape and by going on to the page behind it.
const menu = () => at("stSidebar")?.dataset.collapsed === "false" && innerWidth <= 768 ? at("stSidebar") : null
const close = () => at("stSidebarCollapseButton")?.querySelector("button").click()
const turned = ({target}) => {
  if (target.matches("[data-testid=stPopoverButton]")) {
    opener = target.ariaExpanded === "true" ? target : null
    if (opener) give([...document.querySelectorAll("[data-testid=stPopoverBody]")].pop())
  }
  if (target === at("stSidebar") && innerWidth <= 768) {
    const had = lost() || target.contains(document.activeElement)
    setTimeout(() => menu() ? give(menu().querySelector("a")) : had && give(at("stExpandSidebarButton")))
  }
}
document.addEventListener("keydown", ({key}) => key === "Escape" && menu() && close())
document.addEventListener("focusin", ({target}) => menu() && !menu().contains(target) && close())

// A day that is typed is handed over before Ctrl+Enter saves, as a text field does by itself: leaving it does that.
addEventListener("keydown", (pressed) => {
  const {key, code, ctrlKey, metaKey, shiftKey, altKey, target, isTrusted} = pressed
  if (!isTrusted || key !== "Enter" || !(ctrlKey || metaKey) || !target.matches("[role=spinbutton]")) return
  pressed.stopImmediatePropagation()
  pressed.preventDefault()
  give(document.querySelector("h1"))  // it is handed over when something else gets the focus, and not before
  setTimeout(() => {
    const again = {key, code, ctrlKey, metaKey, shiftKey, altKey, keyCode: 13, which: 13, bubbles: true, cancelable: true}
    if (target.isConnected) give(target)
    target.dispatchEvent(new KeyboardEvent("keydown", again))
  }, 60)
}, true)

// The place one is at, in the menu: its group, which the frame names, and the page among those beside it.
const mark = (all, is) => all.forEach(each => is(each) ? each.ariaCurrent = "page" : each.removeAttribute("aria-current"))
const here = () => {
  const hex = document.querySelector('[class*="st-key-gruppe-"]')?.className.match(/st-key-gruppe-([0-9a-f]*)/)?.[1]
  const name = decodeURIComponent((hex ?? "").replace(/../g, "%$&"))
  mark(document.querySelectorAll("[data-testid=stTopNavSection]"), each => each.innerText.trim() === name)
  mark(found(".st-key-steder a"), each => each.pathname === location.pathname)
}

// To a table that is wider than its place, so that the keys can move it.
const sized = new ResizeObserver(all => all.forEach(({target}) => {
  const wide = target.scrollWidth > target.clientWidth
  const said = {tabindex: "0", role: "region", "aria-label": "Tabell"}
  for (const [name, value] of Object.entries(said)) {
    wide ? target.setAttribute(name, value) : target.removeAttribute(name)
  }
}))
const tables = () =>
  document.querySelectorAll("[data-testid=stMarkdownContainer] > table").forEach(each => sized.observe(each.parentElement))
document.addEventListener("toggle", tables, true)

new MutationObserver(changes => {
  changes.filter(each => each.type === "attributes").forEach(turned)
  if (running()) { ran = true; return }
  tables()
  here()
  lead()
  refuse()
  arrive()
  setTimeout(keep)  // not between two fields, where for a moment none has it
}).observe(document, {
  subtree: true, childList: true, attributes: true,
  attributeFilter: ["data-test-script-state", "aria-expanded", "data-collapsed"],
})

// What is typed is handed over too when one goes to another tab or puts the window away. A tab that is closed sends
// nothing: tried, also before it unloads.
let away = null
document.addEventListener("visibilitychange", () => {
  if (!document.hidden) return away?.focus()
  away = document.activeElement.matches("textarea, input") ? document.activeElement : null
  away?.blur()
})
