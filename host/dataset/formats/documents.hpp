// A folder of documents, one or a few for each trajectory.
#pragma once

#include <mutex>
#include <string>
#include <string_view>
#include <vector>

#include "dataset/shards.hpp"

namespace fieldnote::dataset {

class Documents {
 public:
  // `name`: of the folder, in that of the dataset.
  [[nodiscard]] static Result<Documents> make(const platform::fs::path& dataset, std::string name);

  // Safe from several threads.
  [[nodiscard]] Result<void> add(const std::string& name, std::string_view text);
  [[nodiscard]] std::vector<ShardFile> finish();

 private:
  Documents(platform::fs::path folder, std::string name)
      : folder_(std::move(folder)),
        name_(std::move(name)),
        guard_(std::make_unique<std::mutex>()) {}

  platform::fs::path folder_;
  std::string name_;
  std::vector<ShardFile> files_;
  std::unique_ptr<std::mutex> guard_;
};

}  // namespace fieldnote::dataset
