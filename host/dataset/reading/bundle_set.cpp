#include "dataset/reading/bundle_set.hpp"

#include <map>
#include <numeric>
#include <set>

#include "platform/parallel.hpp"

namespace fieldnote::dataset {
namespace {

namespace fs = platform::fs;

Result<std::vector<fs::path>> find_files(std::span<const fs::path> inputs) {
  std::set<fs::path> files;
  for (const fs::path& input : inputs) {
    std::error_code failed;
    if (!fs::is_directory(input, failed)) {
      files.insert(input);
      continue;
    }
    for (fs::recursive_directory_iterator at(input, failed), end; !failed && at != end;
         at.increment(failed)) {
      if (at->path().extension() != ".age") continue;
      // A link that leads nowhere is named when it is read.
      std::error_code ignored;
      const fs::file_status status = at->status(ignored);
      if (fs::is_regular_file(status) || !fs::exists(status)) files.insert(at->path());
    }
    if (failed) return os_error(failed.value(), input.string());
  }
  if (files.empty())
    return Error{boost::system::errc::make_error_code(boost::system::errc::invalid_argument),
                 (inputs.empty() ? "." : inputs.front().string()) + ": holds no bundle (*.age)"};
  return std::vector<fs::path>(files.begin(), files.end());
}

// What of a header puts its bundle in order.
struct Place {
  seal::ParticipantPublicKey participant;
  std::int64_t n = 0;
  bool asks = false;
};

Result<Place> place_of(const fs::path& file, std::span<const seal::X25519Identity> identities) {
  // A pipe would be waited for.
  std::error_code failed;
  const fs::file_status status = fs::status(file, failed);
  if (fs::exists(status) && !fs::is_regular_file(status))
    return os_error(EINVAL, file.string() + ": is neither a file nor a folder");
  const auto header = read_header(file, identities);
  if (!header) return header.error();
  return Place{header->participant, header->n, header->asks.has_value()};
}

}  // namespace

std::size_t BundleSet::files() const {
  return std::accumulate(
      chains.begin(), chains.end(), std::size_t{0},
      [](std::size_t sum, const Chain& chain) { return sum + chain.files.size(); });
}

Result<BundleSet> find_bundles(std::span<const fs::path> inputs,
                               std::span<const seal::X25519Identity> identities,
                               const Roster& roster, unsigned threads,
                               const FileProgress& progress) {
  auto files = find_files(inputs);
  if (!files) return files.error();
  std::vector<Result<Place>> headers(files->size(), Result<Place>{});
  std::atomic<std::size_t> done = 0;
  std::mutex telling;
  platform::for_each_parallel(files->size(), threads, [&](std::size_t i) {
    headers[i] = place_of((*files)[i], identities);
    const std::scoped_lock lock(telling);
    progress(++done, files->size());
  });

  BundleSet set;
  std::map<std::pair<Person, seal::ParticipantPublicKey>, Chain> chains;
  for (std::size_t i = 0; i < files->size(); ++i) {
    const fs::path& path = (*files)[i];
    if (!headers[i]) {
      set.skipped.push_back({path.string(), headers[i].error().sentence});
      continue;
    }
    const seal::ParticipantPublicKey& key = headers[i]->participant;
    const auto person = roster.person_of(key);
    if (!person) {
      ++set.foreign;
      set.skipped.push_back(
          {path.string(),
           path.string() + ": was sealed by the key " + key.text() + ", which is not on the roster",
           true});
      continue;
    }
    Chain& chain = chains[{*person, key}];
    chain.key = key;
    chain.person = *person;
    chain.files.push_back({path, headers[i]->n});
    if (headers[i]->asks) chain.asking.push_back(path);
  }
  for (auto& [place, chain] : chains) {
    // By number; copies of one bundle in the order of their names.
    std::stable_sort(chain.files.begin(), chain.files.end(),
                     [](const BundleFile& a, const BundleFile& b) { return a.n < b.n; });
    set.chains.push_back(std::move(chain));
  }
  return set;
}

}  // namespace fieldnote::dataset
