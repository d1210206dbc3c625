#include "dataset/formats/flow_expressions.hpp"

#include "model/event_writer.hpp"

namespace fieldnote::dataset {
namespace {

std::string finding(std::string_view selector) {
  constexpr std::string_view xpath = "xpath/";
  const bool is_xpath = selector.starts_with(xpath);
  std::string find = is_xpath ? "document.evaluate(" : "document.querySelector(";
  model::append_json_string(find, is_xpath ? selector.substr(xpath.size()) : selector);
  return find + (is_xpath ? ", document, null, XPathResult.FIRST_ORDERED_NODE_TYPE).singleNodeValue"
                          : ")");
}

}  // namespace

std::string pasting(std::string_view text) {
  std::string literal;
  // Placeholders are filled in here, with whatever they stand for.
  if (text.find('<') != std::string_view::npos &&
      text.find_first_of("`\\$") == std::string_view::npos)
    literal.append("String.raw`").append(text) += '`';
  else
    model::append_json_string(literal, text);
  return "((text) => { let field = document.activeElement;"
         " while (field.shadowRoot?.activeElement) field = field.shadowRoot.activeElement;"
         " const clipboardData = new DataTransfer(); clipboardData.setData('text/plain', text);"
         " const paste = { clipboardData, bubbles: true, cancelable: true, composed: true };"
         " if (field.dispatchEvent(new ClipboardEvent('paste', paste)))"
         " document.execCommand('insertText', false, text);"
         " return true; })(" +
         literal + ')';
}

std::string setting(std::string_view selector, std::string_view value) {
  std::string literal;
  model::append_json_string(literal, value);
  // Frameworks put a setter of their own on a field, which keeps from them what a script sets.
  return "((value) => { const field = " + finding(selector) +
         "; if (!field) return false;"
         " const { set } = Object.getOwnPropertyDescriptor(HTMLInputElement.prototype, 'value');"
         " set.call(field, value);"
         " for (const type of ['input', 'change'])"
         " field.dispatchEvent(new Event(type, { bubbles: true }));"
         " return true; })(" +
         literal + ')';
}

std::string settling() {
  return "new Promise((done) => { setTimeout(done, 1000, true);"
         " requestAnimationFrame(() => requestAnimationFrame(() => {"
         " const all = document.getAnimations().map(({ finished }) => finished);"
         " Promise.allSettled(all).then(() => done(true)); })); })";
}

std::string hitting(std::string_view selector, const model::Pair& point) {
  const std::string find = finding(selector);
  return "new Promise((done) => { const begun = Date.now(); const look = () => {"
         " const aim = " +
         find +
         "; aim?.scrollIntoView({ block: 'nearest' });"
         " const { x, y } = aim?.getBoundingClientRect() ?? {};"
         " const isHit = aim?.contains(document.elementFromPoint(x + " +
         std::to_string(point[0]) + ", y + " + std::to_string(point[1]) +
         "));"
         " if (isHit || Date.now() - begun > 3000) done(true); else setTimeout(look, 50); };"
         " look(); })";
}

}  // namespace fieldnote::dataset
