#include "redact/patterns.hpp"

#include <re2/re2.h>

#include "redact/detector.hpp"

namespace fieldnote::redact {

Patterns::Patterns() : compiled_(detector_table().detectors.size()) {}
Patterns::~Patterns() = default;
Patterns::Patterns(Patterns&&) noexcept = default;
Patterns& Patterns::operator=(Patterns&&) noexcept = default;

const re2::RE2& Patterns::of(std::uint16_t detector) {
  auto& pattern = compiled_[detector];
  if (!pattern) {
    re2::RE2::Options options(re2::RE2::Quiet);
    options.set_max_mem(1 << 20);
    const std::string_view text = detector_table().detectors[detector].pattern;
    pattern = std::make_unique<re2::RE2>(re2::StringPiece(text.data(), text.size()), options);
  }
  return *pattern;
}

}  // namespace fieldnote::redact
