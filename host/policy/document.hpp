// One policy file while it is judged: a tree, and the first fault found in it with file, line,
// column and JSON pointer. Reading goes on after a fault with harmless values, so that the code
// that reads a policy reads like its schema.
#pragma once

#include <boost/json/value.hpp>
#include <initializer_list>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "platform/file.hpp"
#include "policy/policy_error.hpp"

namespace fieldnote::policy {

class Document;

// A value in a document, or nothing where the key was not there.
class Node {
 public:
  Node(Document& document, const boost::json::value* value, std::string pointer)
      : document_(&document), value_(value), pointer_(std::move(pointer)) {}

  [[nodiscard]] bool there() const { return value_ != nullptr; }
  [[nodiscard]] bool is_object() const { return there() && value_->is_object(); }

  // An object with these keys and no others; the `required` ones are there.
  void object(std::initializer_list<std::string_view> required,
              std::initializer_list<std::string_view> optional = {});
  [[nodiscard]] Node member(std::string_view key) const;
  // The items of an array of `least` to `most`; none where it is not there.
  [[nodiscard]] std::vector<Node> items(std::size_t least, std::size_t most);

  [[nodiscard]] std::string text(std::size_t least, std::size_t most);
  [[nodiscard]] std::vector<std::string> texts(std::size_t least_items = 0);
  [[nodiscard]] unsigned number(unsigned least, unsigned most, unsigned otherwise);
  [[nodiscard]] bool flag(bool otherwise);
  [[nodiscard]] std::string choice(std::initializer_list<std::string_view> words,
                                   std::string_view otherwise);

  void fault(PolicyError code, std::string_view what) const;
  [[nodiscard]] std::string place() const;

 private:
  Document* document_;
  const boost::json::value* value_;
  std::string pointer_;
};

class Document {
 public:
  // `path` is what errors name.
  [[nodiscard]] static Result<Document> parse(platform::fs::path path, std::string text);

  [[nodiscard]] Node root() { return {*this, &value_, ""}; }
  [[nodiscard]] const std::string& text() const { return text_; }
  // Keeps the first; `pointer` says where.
  void fault(PolicyError code, const std::string& pointer, std::string_view what);
  [[nodiscard]] const std::optional<Error>& first_fault() const { return fault_; }
  // "policy.json:3:12"
  [[nodiscard]] std::string place(const std::string& pointer) const;

 private:
  Document(platform::fs::path path, std::string text)
      : path_(std::move(path)), text_(std::move(text)) {}
  platform::fs::path path_;
  std::string text_;
  boost::json::value value_;
  std::optional<Error> fault_;
};

}  // namespace fieldnote::policy
