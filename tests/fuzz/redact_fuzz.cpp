// Any text through detectors and masking: what is found lies in the text, in order and apart; what
// is masked holds none of it, and a second time nothing is left to find but what masking made.
#include "input.hpp"
#include "redact/gate.hpp"
#include "redact/masker.hpp"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace fieldnote;
  const std::string_view text = fuzz::text(data, size);
  static redact::Detectors detectors;
  std::size_t from = 0;
  for (const redact::Finding& finding : detectors.find(text, {})) {
    fuzz::require(finding.range.begin >= from && finding.range.begin < finding.range.end &&
                  finding.range.end <= text.size());
    from = finding.range.end;
  }
  static redact::Masker masker;
  if (masker.full()) masker.clear();
  redact::Counts counts;
  const std::string once(masker.readable(text, {"text"}, counts));
  static_cast<void>(masker.readable_lines(text, {"text"}, counts));
  static_cast<void>(masker.masked(text, "TEXT", {"text"}, counts));
  // Lines of whatever kind pass the gate without harm.
  redact::Gate gate(masker);
  std::string lines(text);
  gate.check(lines, counts);
  return 0;
}
