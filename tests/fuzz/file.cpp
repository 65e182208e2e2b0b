// Files with damaged bytes: the database's own pages.
#include "damage.h"
#include "document/file/diff.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace kiln;
  fuzz::World& w = fuzz::world();
  fuzz::Choices choices(data, size);
  std::string bytes = w.seed;
  for (std::size_t left = 1 + choices.index(6); left > 0 && !choices.is_over(); --left) {
    // Half of it in the first pages, which say where everything is.
    const std::size_t at =
        choices.index(2) ? choices.number(2) % bytes.size() : choices.number(4) % bytes.size();
    const std::string part = choices.text(8);
    switch (choices.index(8)) {
      case 0:
        bytes.resize(std::max<std::size_t>(1, at));
        break;
      case 1:
        bytes.insert(at, part);
        break;
      default:
        bytes.replace(at, std::min(part.size(), bytes.size() - at), part);
    }
  }
  const Path damaged = w.folder / "bytes.kiln";
  fuzz::write_file(damaged, bytes);
  (void)describe_document(damaged, w.registry);
  Progress progress;
  (void)open_document(damaged, w.registry, progress);
  return 0;
}
