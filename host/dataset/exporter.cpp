#include "dataset/exporter.hpp"

#include <algorithm>
#include <boost/json/array.hpp>
#include <boost/json/object.hpp>
#include <boost/json/serialize.hpp>
#include <map>
#include <set>

#include "dataset/trajectories.hpp"

namespace fieldnote::dataset {
namespace {

namespace fs = platform::fs;
namespace json = boost::json;

Error unusable(const fs::path& path, std::string_view why) {
  return {boost::system::errc::make_error_code(boost::system::errc::invalid_argument),
          path.string() + ": " + std::string(why)};
}

// The files that `inputs` mean, each once, in the order of their names.
Result<std::vector<fs::path>> find_files(std::span<const fs::path> inputs) {
  std::set<fs::path> files;
  for (const fs::path& input : inputs) {
    std::error_code failed;
    if (!fs::is_directory(input, failed)) {
      files.insert(input);
      continue;
    }
    for (fs::recursive_directory_iterator at(input, failed), end; !failed && at != end;
         at.increment(failed))
      if (at->is_regular_file(failed) && at->path().extension() == ".age") files.insert(at->path());
    if (failed) return os_error(failed.value(), input.string());
  }
  if (files.empty())
    return unusable(inputs.empty() ? fs::path(".") : inputs.front(), "holds no bundle (*.age)");
  return std::vector<fs::path>(files.begin(), files.end());
}

Result<void> make_out(const fs::path& out) {
  std::error_code failed;
  fs::create_directories(out, failed);
  if (failed) return os_error(failed.value(), out.string());
  if (!fs::is_empty(out, failed))
    return unusable(out, "is not empty; name a new folder, a dataset is never written over");
  if (failed) return os_error(failed.value(), out.string());
  return {};
}

json::object describe(const ExportReport& report, const std::vector<Bundle>& bundles) {
  seal::Sha256 id;
  json::array used;
  for (const Bundle& bundle : bundles) {
    id.update(platform::as_bytes(bundle.digest.hex() + '\n'));
    used.push_back(json::object{{"digest", bundle.digest.hex()}, {"events", bundle.events}});
  }
  id.update(platform::as_bytes("fieldnote " FIELDNOTE_VERSION));
  json::array skipped;
  for (const auto& [file, why] : report.skipped)
    skipped.push_back(json::object{{"file", file}, {"why", why}});
  return {{"schema", 1},
          {"program", "fieldnote " FIELDNOTE_VERSION},
          {"id", id.finish().hex()},
          {"trajectories", report.trajectories},
          {"steps", report.steps},
          {"internal", true},
          {"bundles", std::move(used)},
          {"skipped", std::move(skipped)},
          {"ledger", report.ledger.to_json()}};
}

Result<void> write_steps(const fs::path& path, const Trajectories& trajectories) {
  auto file = platform::DurableFile::create(path, 0644);
  if (!file) return file.error();
  std::string buffer;
  constexpr std::size_t enough = 1 << 20;
  const auto flush = [&]() -> Result<void> {
    auto written = file->write(platform::as_bytes(buffer));
    buffer.clear();
    return written;
  };
  auto all = trajectories.write([&](std::string_view step) -> Result<void> {
    buffer += step;
    return buffer.size() < enough ? Result<void>() : flush();
  });
  if (!all) return all;
  if (auto rest = flush(); !rest) return rest;
  return file->commit();
}

Result<void> write_description(const fs::path& path, const json::object& description) {
  auto file = platform::DurableFile::create(path, 0644);
  if (!file) return file.error();
  if (auto written = file->write(platform::as_bytes(json::serialize(description) + '\n')); !written)
    return written;
  return file->commit();
}

}  // namespace

Result<ExportReport> export_dataset(std::span<const fs::path> inputs,
                                    std::span<const seal::X25519Identity> identities,
                                    const fs::path& out,
                                    const std::function<void(std::size_t, std::size_t)>& progress) {
  auto files = find_files(inputs);
  if (!files) return files.error();
  if (auto made = make_out(out); !made) return made.error();

  ExportReport report;
  std::vector<Bundle> bundles;
  std::map<seal::Digest, std::string> names;
  for (std::size_t i = 0; i < files->size(); ++i) {
    progress(i, files->size());
    const std::string name = (*files)[i].filename().string();
    auto bundle = read_bundle((*files)[i], identities);
    if (!bundle) {
      report.skipped.push_back({name, bundle.error().sentence});
      continue;
    }
    names.emplace(bundle->digest, name);
    bundles.push_back(std::move(*bundle));
  }
  const auto key = [](const Bundle& bundle) {
    return std::tie(bundle.participant, bundle.n, bundle.digest);
  };
  std::sort(bundles.begin(), bundles.end(),
            [&](const Bundle& a, const Bundle& b) { return key(a) < key(b); });
  bundles.erase(std::unique(bundles.begin(), bundles.end(),
                            [&](const Bundle& a, const Bundle& b) { return key(a) == key(b); }),
                bundles.end());

  Trajectories trajectories;
  std::erase_if(bundles, [&](const Bundle& bundle) {
    const auto added = trajectories.add(bundle);
    if (!added) report.skipped.push_back({names[bundle.digest], added.error().sentence});
    return !added;
  });
  for (const Bundle& bundle : bundles) report.ledger.add(bundle.ledger);
  report.bundles = bundles.size();
  report.trajectories = trajectories.count();
  report.steps = trajectories.steps();
  if (auto steps = write_steps(out / "steps.jsonl", trajectories); !steps) return steps.error();
  if (auto description = write_description(out / "dataset.json", describe(report, bundles));
      !description)
    return description.error();
  progress(files->size(), files->size());
  return report;
}

}  // namespace fieldnote::dataset
