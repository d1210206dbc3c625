#include "dataset/trajectory/observation.hpp"

#include <charconv>

#include "model/dialect.hpp"

namespace fieldnote::dataset {
namespace {

// Takes ` [frame=0]` from the marks of a line.
std::optional<std::int32_t> take_frame(std::string& marks) {
  constexpr std::string_view opening = " [frame=";
  const std::size_t at = marks.find(opening);
  if (at == std::string::npos) return std::nullopt;
  const std::size_t end = marks.find(']', at);
  if (end == std::string::npos) return std::nullopt;
  std::int32_t frame = 0;
  std::from_chars(marks.data() + at + opening.size(), marks.data() + end, frame);
  marks.erase(at, end + 1 - at);
  return frame;
}

void put_prefix(std::string& marks, std::string_view prefix) {
  constexpr std::string_view opening = " [ref=";
  if (const std::size_t at = marks.find(opening); at != std::string::npos)
    marks.insert(at + opening.size(), prefix);
}

}  // namespace

// A text that is being put together.
struct Observations::Joint {
  std::string text;
  unsigned frames = 0;                // that were numbered
  std::map<Way, std::string> prefix;  // of those that are in it
};

void Observations::add(const std::string& tab, Id id, Way way, std::vector<ObservedLine> lines) {
  last_ = nullptr;
  shown_[tab][way] = id;
  outlines_.try_emplace(id, Outline{std::move(way), std::move(lines)});
}

void Observations::join(const Outline& outline, const Shown& shown, std::size_t depth,
                        std::string_view prefix, Joint& joint) const {
  joint.prefix.emplace(outline.way, prefix);
  for (const ObservedLine& line : outline.lines) {
    if (!joint.text.empty()) joint.text += '\n';
    if (depth == 0 && prefix.empty() && !line.is_frame)
      joint.text += line.text;
    else
      join_line(line, outline, shown, depth, prefix, joint);
  }
}

// One that does not stay as it is.
void Observations::join_line(const ObservedLine& observed, const Outline& outline,
                             const Shown& shown, std::size_t depth, std::string_view prefix,
                             Joint& joint) const {
  auto read = model::read_dialect_line(observed.text);
  if (!read) {
    joint.text += observed.text;
    return;
  }
  model::DialectLine& line = *read;
  line.depth += depth;
  const auto frame = take_frame(line.marks);
  put_prefix(line.marks, prefix);
  const Outline* inner = nullptr;
  if (frame) {
    Way way = outline.way;
    way.push_back(*frame);
    if (const auto at = shown.find(way); at != shown.end()) inner = &outlines_.at(at->second);
  }
  line.opens = line.opens || (inner != nullptr && !inner->lines.empty());
  model::append_dialect_line(joint.text, line);
  if (inner != nullptr)
    join(*inner, shown, line.depth + 1, 'f' + std::to_string(++joint.frames), joint);
}

const Observations::Joined* Observations::before(const std::string& tab, const Id& id) {
  if (last_ == nullptr || last_tab_ != tab || last_id_ != id) {
    last_ = join(tab, id);
    last_tab_ = tab;
    last_id_ = id;
  }
  return last_;
}

const Observations::Joined* Observations::join(const std::string& tab, const Id& id) {
  const auto own = outlines_.find(id);
  if (own == outlines_.end()) return nullptr;
  const Way& way = own->second.way;
  Shown& shown = shown_[tab];
  shown[way] = id;
  std::string made_of;
  made_of.append(id.first).append(id.second);
  for (const auto& [ignored, each] : shown) made_of.append(each.first).append(each.second);
  const auto [at, is_new] = joined_.try_emplace(std::move(made_of));
  if (!is_new) return &at->second;

  // Of the page as a whole, where it is known and shows this frame.
  const auto page = shown.find(Way());
  const Outline* const whole = page == shown.end() ? nullptr : &outlines_.at(page->second);
  for (const Outline* root : {whole, static_cast<const Outline*>(&own->second)}) {
    if (root == nullptr) continue;
    Joint joint;
    join(*root, shown, 0, "", joint);
    const auto prefix = joint.prefix.find(way);
    if (prefix == joint.prefix.end()) continue;
    at->second = {std::move(joint.text), prefix->second};
    break;
  }
  return &at->second;
}

}  // namespace fieldnote::dataset
