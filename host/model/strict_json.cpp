#include "model/strict_json.hpp"

#include <algorithm>
#include <boost/json/basic_parser_impl.hpp>
#include <boost/json/value_stack.hpp>
#include <boost/throw_exception.hpp>
#include <limits>
#include <stdexcept>
#include <vector>

namespace fieldnote::model {
namespace {

namespace json = boost::json;

// Builds the tree as boost::json::parser does, and remembers the keys of every open object.
class StrictHandler {
 public:
  static constexpr std::size_t max_object_size = std::numeric_limits<std::size_t>::max();
  static constexpr std::size_t max_array_size = std::numeric_limits<std::size_t>::max();
  static constexpr std::size_t max_key_size = std::numeric_limits<std::size_t>::max();
  static constexpr std::size_t max_string_size = std::numeric_limits<std::size_t>::max();
  using Code = json::error_code;

  StrictHandler() { stack_.reset(); }
  json::value release() { return stack_.release(); }
  [[nodiscard]] const std::string& double_key() const { return double_key_; }

  bool on_document_begin(Code&) { return true; }
  bool on_document_end(Code&) { return true; }
  bool on_object_begin(Code&) {
    keys_.emplace_back();
    return true;
  }
  bool on_object_end(std::size_t n, Code&) {
    keys_.pop_back();
    stack_.push_object(n);
    return true;
  }
  bool on_array_begin(Code&) { return true; }
  bool on_array_end(std::size_t n, Code&) {
    stack_.push_array(n);
    return true;
  }
  bool on_key_part(json::string_view text, std::size_t, Code&) {
    key_.append(text.data(), text.size());
    stack_.push_chars(text);
    return true;
  }
  bool on_key(json::string_view text, std::size_t, Code& ec) {
    key_.append(text.data(), text.size());
    auto& seen = keys_.back();
    const auto at = std::lower_bound(seen.begin(), seen.end(), key_);
    if (at != seen.end() && *at == key_) {
      double_key_ = key_;
      ec = json::error::extra_data;
      return false;
    }
    seen.insert(at, key_);
    key_.clear();
    stack_.push_key(text);
    return true;
  }
  bool on_string_part(json::string_view text, std::size_t, Code&) {
    stack_.push_chars(text);
    return true;
  }
  bool on_string(json::string_view text, std::size_t, Code&) {
    stack_.push_string(text);
    return true;
  }
  bool on_number_part(json::string_view, Code&) { return true; }
  bool on_int64(std::int64_t number, json::string_view, Code&) {
    stack_.push_int64(number);
    return true;
  }
  bool on_uint64(std::uint64_t number, json::string_view, Code&) {
    stack_.push_uint64(number);
    return true;
  }
  bool on_double(double number, json::string_view, Code&) {
    stack_.push_double(number);
    return true;
  }
  bool on_bool(bool value, Code&) {
    stack_.push_bool(value);
    return true;
  }
  bool on_null(Code&) {
    stack_.push_null();
    return true;
  }
  bool on_comment_part(json::string_view, Code&) { return true; }
  bool on_comment(json::string_view, Code&) { return true; }

 private:
  json::value_stack stack_;
  std::vector<std::vector<std::string>> keys_;
  std::string key_;
  std::string double_key_;
};

}  // namespace

void throw_exception_from_error(const JsonFault& fault, const boost::source_location& where) {
  boost::throw_exception(std::runtime_error(fault.what), where);
}

std::string without_comments(std::string_view text) {
  std::string out(text);
  bool in_string = false;
  for (std::size_t at = 0; at < text.size(); ++at) {
    if (in_string && text[at] == '\\') {
      ++at;
    } else if (text[at] == '"') {
      in_string = !in_string;
    } else if (!in_string && (text.substr(at, 2) == "//" || text.substr(at, 2) == "/*")) {
      const bool line = text[at + 1] == '/';
      const std::size_t close = line ? text.find('\n', at) : text.find("*/", at + 2);
      if (close == std::string_view::npos && !line) return out;
      const std::size_t end = line ? std::min(close, text.size()) : close + 2;
      std::replace_if(
          out.begin() + static_cast<std::ptrdiff_t>(at),
          out.begin() + static_cast<std::ptrdiff_t>(end), [](char c) { return c != '\n'; }, ' ');
      at = end - 1;
    }
  }
  return out;
}

boost::system::result<json::value, JsonFault> parse_strict(std::string_view text,
                                                           Comments comments) {
  if (comments == Comments::allowed) return parse_strict(without_comments(text), Comments::refused);
  json::basic_parser<StrictHandler> parser{json::parse_options()};
  json::error_code failed;
  const std::size_t read = parser.write_some(false, text.data(), text.size(), failed);
  if (!failed && read == text.size()) return parser.handler().release();
  const std::string& twice = parser.handler().double_key();
  if (!twice.empty())
    return JsonFault{read, "the key \"" + twice + "\" stands twice in one object; take one away"};
  if (!failed) return JsonFault{read, "something follows the end of the JSON text"};
  return JsonFault{read, "not JSON: " + failed.message()};
}

}  // namespace fieldnote::model
