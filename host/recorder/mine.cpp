#include "recorder/mine.hpp"

#include <array>
#include <boost/json/object.hpp>
#include <boost/json/parse.hpp>
#include <boost/json/serialize.hpp>

#include "channel/message.hpp"
#include "recorder/cursor.hpp"
#include "recorder/tasks.hpp"
#include "seal/participant_key.hpp"

namespace fieldnote::recorder {
namespace {

namespace json = boost::json;

// Three lists, one after the other, as far as a page goes.
class Page {
 public:
  explicit Page(std::size_t skip) : skip_(skip) {}

  void add(std::size_t list, const json::value& item) {
    if (seen_++ < skip_ || full_) return;
    const std::string text = json::serialize(item);
    if (size_ + text.size() > channel::answer_room) {
      full_ = true;
      next_ = seen_ - 1;
      return;
    }
    size_ += text.size() + 1;
    if (!lists_[list].empty()) lists_[list] += ',';
    lists_[list] += text;
  }

  [[nodiscard]] std::string text() const {
    std::string out = R"(,"receipts":[)" + lists_[0] + R"(],"tasks":[)" + lists_[1] +
                      R"(],"bundles":[)" + lists_[2] + ']';
    if (full_) out += R"(,"next":")" + std::to_string(next_) + '"';
    return out;
  }

 private:
  std::size_t skip_;
  std::size_t seen_ = 0;
  std::size_t size_ = 0;
  std::size_t next_ = 0;
  bool full_ = false;
  std::array<std::string, 3> lists_;
};

json::object parsed(std::string_view text) {
  boost::system::error_code failed;
  json::value value = json::parse(text, failed);
  if (failed || !value.is_object()) return {{"unreadable", text}};
  return std::move(value.get_object());
}

}  // namespace

Result<std::string> mine(spool::Spool& spool, const channel::MineRequest& request) {
  const auto skip = items_before(request.after);
  if (!skip) return skip.error();
  Page page(*skip);
  const auto receipts = spool.receipts();
  if (!receipts) return receipts.error();
  for (const std::string& receipt : *receipts) page.add(0, parsed(receipt));
  const auto tasks = spool.tasks();
  if (!tasks) return tasks.error();
  for (const spool::Task& task : *tasks) page.add(1, told(task).to_json());
  const auto bundles = spool.bundles();
  if (!bundles) return bundles.error();
  for (const spool::BundleRow& bundle : *bundles) {
    std::error_code ignored;
    json::object one{{"n", bundle.n},
                     {"digest", bundle.digest.hex()},
                     {"events", bundle.events},
                     {"here", platform::fs::exists(spool.bundle_folder() / bundle.name, ignored)}};
    if (!bundle.asks.empty()) one["asks"] = parsed(bundle.asks);
    page.add(2, one);
  }
  std::string key;
  const platform::fs::path key_file = spool.folder() / "participant.key";
  if (std::error_code ignored; platform::fs::exists(key_file, ignored)) {
    const auto loaded = seal::ParticipantKey::load_or_create(key_file);
    if (!loaded) return loaded.error();
    key = R"(,"participant":")" + loaded->public_key().text() + '"';
  }
  return key + page.text();
}

}  // namespace fieldnote::recorder
