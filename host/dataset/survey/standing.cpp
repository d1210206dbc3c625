#include "dataset/survey/standing.hpp"

#include <algorithm>
#include <boost/json/array.hpp>
#include <boost/json/serialize.hpp>
#include <map>
#include <set>

#include "dataset/reading/withdrawals.hpp"
#include "model/strict_json.hpp"
#include "seal/folder_digest.hpp"

namespace fieldnote::dataset {
namespace {

namespace fs = platform::fs;
namespace json = boost::json;

constexpr std::size_t max_description = 256 << 20;

const json::array* array_at(const json::object& object, std::string_view key) {
  const json::value* value = object.if_contains(key);
  return value == nullptr ? nullptr : value->if_array();
}

std::string text_at(const json::object& object, std::string_view key) {
  const json::value* value = object.if_contains(key);
  return value != nullptr && value->is_string() ? std::string(value->get_string()) : std::string();
}

// How many events it has of each bundle, by digest.
std::map<std::string, std::int64_t, std::less<>> bundles_in(const json::object& description) {
  std::map<std::string, std::int64_t, std::less<>> events;
  const json::array* bundles = array_at(description, "bundles");
  if (bundles == nullptr) return events;
  for (const json::value& bundle : *bundles) {
    if (!bundle.is_object()) continue;
    const json::value* count = bundle.get_object().if_contains("events");
    events[text_at(bundle.get_object(), "digest")] =
        count != nullptr && count->is_int64() ? count->get_int64() : 0;
  }
  return events;
}

std::set<std::string, std::less<>> digests_in(const json::object& description) {
  std::set<std::string, std::less<>> digests;
  for (const auto& [digest, events] : bundles_in(description)) digests.insert(digest);
  return digests;
}

Result<seal::Digest> digest_of_folder(const fs::path& folder);

// Of a file, or of a folder.
Result<seal::Digest> digest_of(const fs::path& file) {
  if (fs::is_directory(file)) return digest_of_folder(file);
  auto source = platform::FileSource::open(file);
  if (!source) return source.error();
  seal::Sha256 digest;
  std::vector<std::byte> room(1 << 16);
  while (true) {
    const auto count = source->read(room);
    if (!count) return count.error();
    if (*count == 0) return digest.finish();
    digest.update(std::span(room).first(*count));
  }
}

Result<seal::Digest> digest_of_folder(const fs::path& folder) {
  std::error_code failed;
  std::set<std::string> names;
  for (fs::directory_iterator at(folder, failed), end; !failed && at != end; at.increment(failed))
    names.insert(at->path().filename().string());
  if (failed) return os_error(failed.value(), folder.string());
  seal::FolderDigest digest;
  for (const std::string& name : names) {
    const auto file = digest_of(folder / name);
    if (!file) return file.error();
    digest.add(name, *file);
  }
  return digest.finish();
}

// What was sealed when it was made is asked back by bundles that came later.
Withdrawals asked_back(const Chain& chain, std::span<const seal::X25519Identity> identities,
                       std::vector<std::string>& unread) {
  Withdrawals withdrawals;
  for (const fs::path& path : chain.asking) {
    const auto bundle = read_bundle(path, identities);
    if (!bundle)
      unread.push_back(bundle.error().sentence);
    else if (bundle->asks)
      withdrawals.add(bundle->n, *bundle->asks);
  }
  return withdrawals;
}

// "learnable.yes" -> its number or text, of all that can be compared.
void flatten(const json::value& value, const std::string& name,
             std::map<std::string, std::string>& out) {
  if (value.is_object()) {
    for (const auto& [key, inner] : value.get_object())
      flatten(inner, name.empty() ? std::string(key) : name + '.' + std::string(key), out);
  } else if (!value.is_array()) {
    out[name] = value.is_string() ? std::string(value.get_string()) : json::serialize(value);
  }
}

std::string bundles_in_words(std::size_t count) {
  return std::to_string(count) + (count == 1 ? " bundle" : " bundles");
}

}  // namespace

Result<json::object> read_description(const fs::path& folder) {
  const fs::path path = folder / "dataset.json";
  auto text = platform::read_all(path, max_description);
  if (!text) return text.error();
  auto value = model::parse_strict(*text, model::Comments::refused);
  if (!value || !value->is_object() || !value->get_object().contains("id"))
    return Error{boost::system::errc::make_error_code(boost::system::errc::invalid_argument),
                 path.string() + ": is no description of a dataset"};
  return std::move(value->get_object());
}

Result<std::vector<std::string>> changed_files(const fs::path& folder,
                                               const json::object& description) {
  std::vector<std::string> changed;
  const json::array* files = array_at(description, "files");
  if (files == nullptr) return changed;
  for (const json::value& entry : *files) {
    if (!entry.is_object()) continue;
    const std::string name = text_at(entry.get_object(), "file");
    const auto digest = digest_of(folder / name);
    if (!digest)
      changed.push_back(digest.error().sentence);
    else if (digest->hex() != text_at(entry.get_object(), "sha256"))
      changed.push_back((folder / name).string() + ": is not what was written");
  }
  return changed;
}

TakenBack taken_back(const BundleSet& set, std::span<const seal::X25519Identity> identities,
                     const json::object& description) {
  const auto used = bundles_in(description);
  TakenBack taken;
  for (const SkippedFile& skipped : set.skipped) taken.unread.push_back(skipped.why);
  for (const Chain& chain : set.chains) {
    if (chain.asking.empty()) continue;
    const Withdrawals withdrawals = asked_back(chain, identities, taken.unread);
    std::set<std::string> seen;
    for (const BundleFile& file : chain.files) {
      auto bundle = read_bundle(file.path, identities);
      if (!bundle) {
        const bool asks = std::count(chain.asking.begin(), chain.asking.end(), file.path) > 0;
        if (!asks) taken.unread.push_back(bundle.error().sentence);
        continue;
      }
      const auto at = used.find(bundle->digest.hex());
      if (at == used.end() || !seen.insert(at->first).second) continue;
      static_cast<void>(withdrawals.take_from(*bundle));
      const std::int64_t left = withdrawals.covers(*bundle) ? 0 : bundle->events;
      // What had been taken back before it was made is not in it.
      if (at->second <= left) continue;
      ++taken.bundles;
      taken.events += static_cast<std::uint64_t>(at->second - left);
    }
  }
  return taken;
}

std::vector<std::string> differences(const json::object& a, const json::object& b) {
  std::vector<std::string> lines;
  const auto before = digests_in(a), after = digests_in(b);
  std::vector<std::string> gone, come;
  std::set_difference(before.begin(), before.end(), after.begin(), after.end(),
                      std::back_inserter(gone));
  std::set_difference(after.begin(), after.end(), before.begin(), before.end(),
                      std::back_inserter(come));
  if (!gone.empty()) lines.push_back("without " + bundles_in_words(gone.size()) + " of the first");
  if (!come.empty()) lines.push_back("with " + bundles_in_words(come.size()) + " more");
  std::map<std::string, std::string> of_a, of_b;
  flatten(a, "", of_a);
  flatten(b, "", of_b);
  std::set<std::string> names;
  for (const auto& [name, value] : of_a) names.insert(name);
  for (const auto& [name, value] : of_b) names.insert(name);
  for (const std::string& name : names) {
    const auto first = of_a.find(name), second = of_b.find(name);
    const std::string was = first == of_a.end() ? "–" : first->second;
    const std::string is = second == of_b.end() ? "–" : second->second;
    if (was != is) lines.push_back(name + ": " + was + " → " + is);
  }
  return lines;
}

}  // namespace fieldnote::dataset
