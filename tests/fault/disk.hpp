// A disk as a loss of power leaves it: of each file what was there at its last sync, of each folder
// the names that were there at its last sync, and nothing else; or, in the kinder and stranger
// case, some of the writes and names that were on their way as well.
//
// Names: a name made in a folder needs a sync of that folder, also where the file was synced.
#pragma once

#include <map>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "chance.hpp"
#include "operation.hpp"
#include "platform/file.hpp"

namespace fieldnote::fault {

namespace fs = platform::fs;

struct Operation {
  Record head;
  std::string bytes;
};

// What `forgetful` wrote.
[[nodiscard]] std::vector<Operation> read_log(int descriptor);

class Disk {
 public:
  // `root` is there and durable, and empty.
  explicit Disk(fs::path root);

  void apply(const Operation& operation);

  // Makes of the folder `at` what is on the disk. With a chance: what was not synced survives
  // partly, contents in any order and torn within a sector's length, names as far as some moment.
  void rebuild(const fs::path& at, Chance* chance = nullptr) const;

 private:
  struct Node;
  using Names = std::map<std::string, std::shared_ptr<Node>>;
  struct Write {
    std::uint64_t offset;
    std::optional<std::string> bytes;  // none: a truncation to `offset`
  };
  struct Rename {
    std::uint64_t moment;
    std::string name;
    std::shared_ptr<Node> node;  // none: the name is gone
  };
  struct Node {
    bool folder = false;
    std::string durable;
    std::vector<Write> writes;  // since the last sync
    Names durable_names, names;
    std::vector<Rename> renames;  // since the last sync
  };

  static void apply_write(std::string& content, const Write& write);
  void rebuild(const Node& node, const fs::path& at, Chance* chance, std::uint64_t moment) const;
  void name(std::string_view path, std::shared_ptr<Node> node);
  [[nodiscard]] std::shared_ptr<Node> find(std::string_view path) const;
  [[nodiscard]] Node& node_of(std::uint64_t inode) const;

  fs::path root_path_;
  std::shared_ptr<Node> root_ = std::make_shared<Node>();
  std::map<std::uint64_t, std::shared_ptr<Node>> inodes_;
  std::uint64_t moment_ = 0;
};

}  // namespace fieldnote::fault
