#include "policy/position.hpp"

#include <algorithm>
#include <boost/json/basic_parser_impl.hpp>
#include <limits>
#include <string>
#include <vector>

#include "model/strict_json.hpp"

namespace fieldnote::policy {
namespace {

namespace json = boost::json;

std::string escape_token(std::string_view token) {
  std::string out;
  for (const char c : token) {
    if (c == '~')
      out += "~0";
    else if (c == '/')
      out += "~1";
    else
      out += c;
  }
  return out;
}

// Is fed one byte at a time, so that every call from the parser knows how far the text has been
// read. Stops the parser when the pointer's value has come.
class Finder {
 public:
  static constexpr std::size_t max_object_size = std::numeric_limits<std::size_t>::max();
  static constexpr std::size_t max_array_size = std::numeric_limits<std::size_t>::max();
  static constexpr std::size_t max_key_size = std::numeric_limits<std::size_t>::max();
  static constexpr std::size_t max_string_size = std::numeric_limits<std::size_t>::max();
  using Code = json::error_code;
  using Text = json::string_view;

  void seek(std::string_view pointer) { pointer_ = pointer; }
  [[nodiscard]] bool found() const { return found_; }

  bool on_document_begin(Code&) { return true; }
  bool on_document_end(Code&) { return true; }
  bool on_object_begin(Code& ec) { return open(false, ec); }
  bool on_array_begin(Code& ec) { return open(true, ec); }
  bool on_object_end(std::size_t, Code&) { return close(); }
  bool on_array_end(std::size_t, Code&) { return close(); }
  bool on_key_part(Text text, std::size_t, Code&) {
    key_.append(text.data(), text.size());
    return true;
  }
  bool on_key(Text text, std::size_t, Code&) {
    key_.append(text.data(), text.size());
    levels_.back().token = escape_token(key_);
    key_.clear();
    return true;
  }
  bool on_string_part(Text, std::size_t, Code&) { return true; }
  bool on_string(Text, std::size_t, Code& ec) { return scalar(ec); }
  bool on_number_part(Text, Code&) { return true; }
  bool on_int64(std::int64_t, Text, Code& ec) { return scalar(ec); }
  bool on_uint64(std::uint64_t, Text, Code& ec) { return scalar(ec); }
  bool on_double(double, Text, Code& ec) { return scalar(ec); }
  bool on_bool(bool, Code& ec) { return scalar(ec); }
  bool on_null(Code& ec) { return scalar(ec); }
  bool on_comment_part(Text, Code&) { return true; }
  bool on_comment(Text, Code&) { return true; }

 private:
  struct Open {
    bool is_array;
    std::size_t index = 0;
    std::string token;
  };

  bool here(Code& ec) {
    std::string path;
    for (const Open& level : levels_)
      path += '/' + (level.is_array ? std::to_string(level.index) : level.token);
    found_ = path == pointer_;
    if (found_) ec = json::error::extra_data;
    return !found_;
  }
  bool open(bool is_array, Code& ec) {
    if (!here(ec)) return false;
    levels_.push_back({is_array, 0, {}});
    return true;
  }
  bool close() {
    levels_.pop_back();
    return next();
  }
  bool scalar(Code& ec) { return here(ec) && next(); }
  bool next() {
    if (!levels_.empty()) ++levels_.back().index;
    return true;
  }

  std::string_view pointer_;
  bool found_ = false;
  std::vector<Open> levels_;
  std::string key_;
};

// The parser tells of a string at its closing quote and of a number behind it: goes back to where
// the token began.
std::size_t token_begin(std::string_view text, std::size_t end) {
  if (end == 0) return 0;
  const char last = text[end - 1];
  if (last == '{' || last == '[') return end - 1;
  if (last == '"') {
    std::size_t at = end - 1;
    while (at > 0) {
      --at;
      if (text[at] != '"') continue;
      std::size_t slashes = 0;
      while (slashes < at && text[at - 1 - slashes] == '\\') ++slashes;
      if (slashes % 2 == 0) return at;
    }
    return at;
  }
  const std::size_t before = text.find_last_of(" \t\r\n,:[{", end >= 2 ? end - 2 : 0);
  return before == std::string_view::npos ? 0 : before + 1;
}

}  // namespace

Position position_of(std::string_view text, std::size_t offset) {
  const std::string_view before = text.substr(0, std::min(offset, text.size()));
  const std::size_t line_begin = before.rfind('\n');
  return {
      1 + static_cast<std::size_t>(std::count(before.begin(), before.end(), '\n')),
      1 + (line_begin == std::string_view::npos ? before.size() : before.size() - line_begin - 1)};
}

Position locate(std::string_view text, std::string_view pointer) {
  const std::string plain = model::without_comments(text);
  json::basic_parser<Finder> parser{json::parse_options()};
  parser.handler().seek(pointer);
  json::error_code failed;
  std::size_t read = 0;
  while (read < text.size() && !failed) parser.write_some(true, plain.data() + read++, 1, failed);
  if (!parser.handler().found()) return {};
  return position_of(plain, token_begin(plain, read));
}

}  // namespace fieldnote::policy
