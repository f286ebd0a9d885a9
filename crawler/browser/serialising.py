"""The page as its scripts left it, as text: run inside the page.

Open shadow roots and the documents of frames that the page may see itself are written where they
stand, so that the reader finds a list wherever it is shown. Frames of other hosts stand between
marks (`FOREIGN`), for whoever may look into them (`crawler.browser.frames`).
"""

from __future__ import annotations

SIZE_LIMIT = 8_000_000  # characters

# Where a frame stands that the page may not see itself; `%d` is its number on the page.
FOREIGN = "<!--foreign frame %d-->"
NUMBER = "frame => frame.xunjianNumber"

# Returns the page's markup, cut at the limit; with an argument that of its body alone. The descent
# is bounded by the depth of the tree that the browser itself allows (512).
SERIALISE = """
inside => {
  const LIMIT = SIZE_LIMIT, VOID = new Set(['area','base','br','col','embed','hr','img','input',
    'link','meta','param','source','track','wbr']);
  const RAW = new Set(['script','style','noscript','template','xmp','noembed','noframes']);
  const out = []; let size = 0, foreign = 0;
  const put = text => { size += text.length; if (size <= LIMIT) out.push(text); };
  const escape = text => text.replace(/&/g, '&amp;').replace(/</g, '&lt;').replace(/>/g, '&gt;');
  const quote = text => text.replace(/&/g, '&amp;').replace(/"/g, '&quot;');
  const inner = frame => { try { return frame.contentDocument && frame.contentDocument.body; }
    catch (error) { return null; } };
  const write = (node, depth) => {
    if (size > LIMIT || depth > 512) return;
    if (node.nodeType === 3) {
      const parent = node.parentNode && node.parentNode.nodeName.toLowerCase();
      put(RAW.has(parent) ? node.data.replace(/<\\//g, '<\\\\/') : escape(node.data));
      return;
    }
    if (node.nodeType !== 1) return;
    const tag = node.nodeName.toLowerCase();
    const body = (tag === 'iframe' || tag === 'frame') ? inner(node) : null;
    if (body) {
      put('<div data-frame="' + quote(node.src || '') + '">');
      for (const child of body.childNodes) write(child, depth + 1);
      put('</div>');
      return;
    }
    if (tag === 'iframe' || tag === 'frame') {
      node.xunjianNumber = ++foreign;
      const mark = `<!--foreign frame ${foreign}-->`;
      put(`${mark}<iframe src="${quote(node.src || '')}"></iframe>${mark}`);
      return;
    }
    const shown = tag === 'frameset' ? 'body' : tag;
    put('<' + shown);
    for (const one of node.attributes) put(' ' + one.name + '="' + quote(one.value) + '"');
    put('>');
    if (VOID.has(tag)) return;
    if (node.shadowRoot) for (const child of node.shadowRoot.childNodes) write(child, depth + 1);
    for (const child of node.childNodes) write(child, depth + 1);
    put('</' + shown + '>');
  };
  if (inside) {
    for (const child of document.body ? document.body.childNodes : []) write(child, 0);
    return out.join('');
  }
  put('<!DOCTYPE html>');
  if (document.documentElement) write(document.documentElement, 0);
  return out.join('');
}
""".replace("SIZE_LIMIT", str(SIZE_LIMIT))

# What a person would see: the text that is laid out, of the page and of the frames it may see.
VISIBLE_TEXT = """
() => {
  const laid = document.body && document.body.getClientRects().length;
  const texts = [laid ? document.body.innerText : ''];
  for (const frame of document.querySelectorAll('iframe, frame')) {
    try { texts.push(frame.contentDocument.body.innerText); } catch (error) { texts.push(''); }
  }
  return texts.join('\\n').slice(0, 200000);
}
"""

# How far the page is from being at rest: what it holds, roughly.
SHAPE = """
() => document.readyState + ' ' + document.getElementsByTagName('*').length + ' ' +
  (document.body ? document.body.innerText.length : 0)
"""
