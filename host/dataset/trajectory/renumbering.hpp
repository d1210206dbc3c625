// Placeholders and tabs as they are numbered in one trajectory: from 1, in the order in which they
// first appear, whatever scope they come from.
#pragma once

#include <cstdint>
#include <map>
#include <string>
#include <string_view>
#include <utility>

namespace fieldnote::dataset {

class Renumbering {
 public:
  // `text` with every placeholder of `scope`, and each within another (`<TEXT_7 EMAIL_2>`), under
  // its new number.
  [[nodiscard]] std::string text(std::string_view text, std::string_view scope);

  // The placeholders of `text` stand for the same strings in `scope` as in `other`, where they have
  // been numbered.
  void share(std::string_view text, std::string_view other, std::string_view scope);

  // A placeholder for a text that may not be shown; equal texts, equal placeholders.
  [[nodiscard]] const std::string& stand_in(std::string_view label, std::string_view text);

  // A placeholder that nothing else has.
  [[nodiscard]] std::string fresh(const std::string& label);

  // The number of a thing that is told apart by `key`, from `first` on.
  [[nodiscard]] static std::int64_t number(
      std::map<std::string, std::int64_t, std::less<>>& numbers, std::string_view key,
      std::int64_t first);

 private:
  [[nodiscard]] std::string name(std::string_view name, std::string_view scope);
  template <class F>
  static void each_name(std::string_view text, F&& f);

  using Names = std::map<std::string, std::string, std::less<>>;          // old -> new
  std::map<std::string, Names, std::less<>> names_;                       // by scope
  std::map<std::pair<std::string, std::string>, std::string> stand_ins_;  // (label, text) -> new
  std::map<std::string, std::int64_t, std::less<>> labels_;
};

}  // namespace fieldnote::dataset
