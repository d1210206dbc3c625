// What may be told of each text that one person showed: whether it passes the release gate, and
// what the detectors leave of it. Asked once for each text; again it costs a look-up. Not
// thread-safe.
#pragma once

#include <array>
#include <cstdint>
#include <map>
#include <string>
#include <string_view>
#include <unordered_map>

#include "dataset/release/release.hpp"
#include "model/event_texts.hpp"
#include "redact/detectors.hpp"
#include "redact/text_memory.hpp"

namespace fieldnote::dataset {

class Clearance {
 public:
  struct Cleared {
    bool passes = false;
    bool has_placeholders = false;
    std::string text;  // with a placeholder for what was found in it
  };
  // The third look finds something.
  using Detected = std::map<std::string, std::uint64_t, std::less<>>;

  explicit Clearance(const Release& release) : release_(&release) {}

  // Of a text that is not masked. Good until the next call.
  [[nodiscard]] const Cleared& of(model::TextPlace place, std::string_view text);
  // `text` without what the detectors find in it.
  [[nodiscard]] const std::string& looked_through(std::string_view text);
  [[nodiscard]] bool lets_pass(Clear where, std::string_view text) const {
    return release_->lets_pass(where, text);
  }

  // Of what was found since they were taken last, by entity; a text that comes again counts once.
  [[nodiscard]] Detected take_detected() { return std::exchange(detected_, {}); }

 private:
  static constexpr std::size_t most_remembered = 20'000;

  [[nodiscard]] Cleared judge(model::TextPlace place, std::string_view text);

  const Release* release_;
  redact::Detectors detectors_;
  std::array<redact::TextMemory<Cleared>, model::text_places.size()> judged_;
  Cleared long_one_;  // the last one that is not remembered
  std::unordered_map<std::string, std::string> looked_through_;
  Detected detected_;
};

}  // namespace fieldnote::dataset
