#include "model/held_head.hpp"

#include <charconv>
#include <initializer_list>

namespace fieldnote::model {
namespace {

// Goes along a line, from one member to the next.
class Walk {
 public:
  explicit Walk(std::string_view line) : rest_(line) {}

  [[nodiscard]] bool take(std::string_view expected) {
    if (!rest_.starts_with(expected)) return false;
    rest_.remove_prefix(expected.size());
    return true;
  }

  // A string that begins here, up to its closing quote; one with escapes is left to the reader.
  [[nodiscard]] bool take_text(std::string_view& text) {
    const std::size_t end = rest_.find('"');
    if (end == std::string_view::npos) return false;
    text = rest_.substr(0, end);
    rest_.remove_prefix(end + 1);
    return text.find('\\') == std::string_view::npos;
  }

  [[nodiscard]] bool take_number(std::uint64_t& number) {
    const auto [end, failed] = std::from_chars(rest_.data(), rest_.data() + rest_.size(), number);
    if (failed != std::errc()) return false;
    rest_.remove_prefix(static_cast<std::size_t>(end - rest_.data()));
    return true;
  }

  // On to the next member that is called so, wherever it stands: a quote that ends a string is
  // followed by no name, and one in a string stands behind a backslash, never behind a comma.
  [[nodiscard]] bool skip_past(std::initializer_list<std::string_view> members,
                               std::string_view& found) {
    for (std::size_t at = rest_.find(','); at != std::string_view::npos;
         at = rest_.find(',', at + 1))
      for (const std::string_view member : members)
        // Most are told apart by their first letter, behind comma and quote.
        if (at + 2 < rest_.size() && rest_[at + 2] == member[2] &&
            rest_.compare(at, member.size(), member) == 0) {
          rest_.remove_prefix(at + member.size());
          found = member;
          return true;
        }
    return false;
  }

 private:
  std::string_view rest_;
};

}  // namespace

std::optional<HeldHead> read_head(std::string_view line) {
  Walk walk(line);
  HeldHead head;
  std::string_view kind, scope;
  const bool is_ours = walk.take(R"({"kind":")") && walk.take_text(kind) &&
                       walk.take(R"(,"stream":")") && walk.take_text(head.stream) &&
                       walk.take(R"(,"seq":)") && walk.take_number(head.seq) &&
                       walk.take(R"(,"scope":")") && walk.take_text(scope) &&
                       walk.take(R"(,"document":")") && walk.take_text(head.document);
  const auto known = from_word<Kind>(kind);
  if (!is_ours || !known) return std::nullopt;
  head.kind = *known;
  constexpr std::string_view app = R"(,"app":")", task = R"(,"task":")",
                             outline = R"(,"outline":{)";
  for (std::string_view member; walk.skip_past({app, task, outline}, member);) {
    std::string_view& text = member == app    ? head.app
                             : member == task ? head.task.emplace()
                                              : head.outline.emplace();
    if (member == outline && !walk.take(R"("digest":")")) return std::nullopt;
    if (!walk.take_text(text)) return std::nullopt;
  }
  return head;
}

HeldHead head_of(const Event& event) {
  HeldHead head{event.kind, event.stream, event.seq, event.document, event.app, event.task, {}};
  if (event.has_outline) head.outline = event.outline.digest;
  return head;
}

HeldHead head_of(const Event& event, std::string_view line, Arena& texts) {
  HeldHead head = head_of(event);
  const auto outlive = [&](std::string_view& text) { text = texts.keep_beyond(line, text); };
  outlive(head.stream);
  outlive(head.document);
  outlive(head.app);
  if (head.task) outlive(*head.task);
  if (head.outline) outlive(*head.outline);
  return head;
}

}  // namespace fieldnote::model
