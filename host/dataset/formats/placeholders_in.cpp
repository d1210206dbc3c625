#include "dataset/formats/placeholders_in.hpp"

#include <algorithm>

#include "redact/placeholder_text.hpp"

namespace fieldnote::dataset {

void PlaceholdersIn::note(std::string_view text) {
  for (std::size_t at = text.find('<'); at != std::string_view::npos; at = text.find('<', at + 1)) {
    const std::size_t length = redact::placeholder_length(text.substr(at));
    if (length == 0) continue;
    const std::string_view inner = text.substr(at + 1, length - 2);
    names_.emplace(inner.substr(0, inner.find(' ')));
  }
}

std::string PlaceholdersIn::template_text() const {
  std::string out = "{";
  for (const std::string& name : names_) {
    if (out.size() > 1) out += ',';
    out += "\n  \"" + name + "\": \"<" + name + ">\"";
  }
  return out + "\n}\n";
}

}  // namespace fieldnote::dataset
