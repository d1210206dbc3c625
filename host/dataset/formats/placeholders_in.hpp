// The placeholders of what a replay does: `ID.values.json` beside it names each, for somebody to
// say what it stands for there.
#pragma once

#include <set>
#include <string>
#include <string_view>

namespace fieldnote::dataset {

class PlaceholdersIn {
 public:
  // Notes those of `text`, by their first name: "TEXT_7" of <TEXT_7 EMAIL_2>.
  void note(std::string_view text);
  [[nodiscard]] bool empty() const { return names_.empty(); }
  // A JSON object that gives each name itself: the replay as it stands.
  [[nodiscard]] std::string template_text() const;

 private:
  std::set<std::string, std::less<>> names_;
};

}  // namespace fieldnote::dataset
