#include "policy/document.hpp"

#include <algorithm>

#include "model/strict_json.hpp"
#include "policy/position.hpp"

namespace fieldnote::policy {
namespace {

class Category final : public boost::system::error_category {
 public:
  [[nodiscard]] const char* name() const noexcept override { return "fieldnote.policy"; }
  [[nodiscard]] std::string message(int value) const override {
    switch (static_cast<PolicyError>(value)) {
      case PolicyError::syntax:
        return "not JSON with comments";
      case PolicyError::unknown_key:
        return "unknown key";
      case PolicyError::missing_key:
        return "missing key";
      case PolicyError::wrong_type:
        return "wrong type";
      case PolicyError::out_of_range:
        return "out of range";
      case PolicyError::recipient:
        return "recipient";
      case PolicyError::site:
        return "site";
      case PolicyError::teams:
        return "teams";
    }
    return "unknown";
  }
};

std::string listed(std::initializer_list<std::string_view> a,
                   std::initializer_list<std::string_view> b = {}) {
  std::string out;
  for (const auto& words : {a, b})
    for (const std::string_view word : words) {
      if (!out.empty()) out += ", ";
      out += word;
    }
  return out;
}

bool among(std::initializer_list<std::string_view> words, std::string_view text) {
  return std::find(words.begin(), words.end(), text) != words.end();
}

std::string in_quotes(std::string_view text) {
  return '"' + std::string(text) + '"';
}

}  // namespace

boost::system::error_code make_error_code(PolicyError error) {
  static const Category category;
  return {static_cast<int>(error), category};
}

Result<Document> Document::parse(platform::fs::path path, std::string text) {
  Document document(std::move(path), std::move(text));
  if (document.text_.starts_with("\xEF\xBB\xBF"))
    return Error{PolicyError::syntax,
                 document.path_.string() +
                     ":1:1: begins with a byte order mark; save the file as plain UTF-8"};
  auto value = model::parse_strict(document.text_, model::Comments::allowed);
  if (!value) {
    const Position at = position_of(document.text_, value.error().offset);
    return Error{PolicyError::syntax, document.path_.string() + ':' + std::to_string(at.line) +
                                          ':' + std::to_string(at.column) + ": " +
                                          value.error().what};
  }
  document.value_ = std::move(*value);
  return document;
}

std::string Document::place(const std::string& pointer) const {
  const Position at = locate(text_, pointer);
  return path_.string() + ':' + std::to_string(at.line) + ':' + std::to_string(at.column);
}

void Document::fault(PolicyError code, const std::string& pointer, std::string_view what) {
  if (fault_) return;
  fault_ = Error{
      code, place(pointer) + ": " + (pointer.empty() ? "/" : pointer) + ": " + std::string(what)};
}

void Node::fault(PolicyError code, std::string_view what) const {
  document_->fault(code, pointer_, what);
}

std::string Node::place() const {
  return document_->place(pointer_);
}

void Node::object(std::initializer_list<std::string_view> required,
                  std::initializer_list<std::string_view> optional) {
  if (!there()) return;
  if (!value_->is_object())
    return fault(PolicyError::wrong_type, "must be an object with " + listed(required, optional));
  for (const auto& member : value_->get_object())
    if (!among(required, member.key()) && !among(optional, member.key()))
      document_->fault(PolicyError::unknown_key, Node::member(member.key()).pointer_,
                       "the key " + in_quotes(member.key()) +
                           " is unknown; known here: " + listed(required, optional));
  for (const std::string_view key : required)
    if (!value_->get_object().contains(key))
      fault(PolicyError::missing_key, "the key " + in_quotes(key) + " is missing");
}

Node Node::member(std::string_view key) const {
  std::string pointer = pointer_ + '/';
  for (const char c : key) {
    if (c == '~')
      pointer += "~0";
    else if (c == '/')
      pointer += "~1";
    else
      pointer += c;
  }
  const bool object = there() && value_->is_object();
  return {*document_, object ? value_->get_object().if_contains(key) : nullptr, std::move(pointer)};
}

std::vector<Node> Node::items(std::size_t least, std::size_t most) {
  std::vector<Node> nodes;
  if (!there()) return nodes;
  if (!value_->is_array()) {
    fault(PolicyError::wrong_type, "must be a list");
    return nodes;
  }
  const auto& array = value_->get_array();
  if (array.size() < least || array.size() > most)
    fault(PolicyError::out_of_range, "must have " + std::to_string(least) + " to " +
                                         std::to_string(most) + " items, not " +
                                         std::to_string(array.size()));
  for (std::size_t i = 0; i < array.size(); ++i)
    nodes.emplace_back(*document_, &array[i], pointer_ + '/' + std::to_string(i));
  return nodes;
}

std::string Node::text(std::size_t least, std::size_t most) {
  if (!there()) return {};
  if (!value_->is_string()) {
    fault(PolicyError::wrong_type, "must be a text");
    return {};
  }
  const auto& text = value_->get_string();
  if (text.size() < least || text.size() > most)
    fault(PolicyError::out_of_range,
          least > 0 && text.empty()
              ? "must not be empty"
              : "must have " + std::to_string(least) + " to " + std::to_string(most) + " bytes");
  return {text.data(), text.size()};
}

std::vector<std::string> Node::texts(std::size_t least_items) {
  std::vector<std::string> list;
  for (Node& item : items(least_items, 10000)) list.push_back(item.text(1, 1000));
  return list;
}

unsigned Node::number(unsigned least, unsigned most, unsigned otherwise) {
  if (!there()) return otherwise;
  if (!value_->is_int64()) {
    fault(PolicyError::wrong_type, "must be a whole number");
    return otherwise;
  }
  const std::int64_t number = value_->get_int64();
  if (number < least || number > most) {
    fault(PolicyError::out_of_range,
          "must be from " + std::to_string(least) + " to " + std::to_string(most));
    return otherwise;
  }
  return static_cast<unsigned>(number);
}

bool Node::flag(bool otherwise) {
  if (!there()) return otherwise;
  if (!value_->is_bool()) {
    fault(PolicyError::wrong_type, "must be true or false, without quotes");
    return otherwise;
  }
  return value_->get_bool();
}

std::string Node::choice(std::initializer_list<std::string_view> words,
                         std::string_view otherwise) {
  if (!there()) return std::string(otherwise);
  std::string word = text(0, 100);
  if (!among(words, word))
    fault(PolicyError::out_of_range, in_quotes(word) + " is none of " + listed(words));
  return word;
}

}  // namespace fieldnote::policy
