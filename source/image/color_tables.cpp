#include "image/color_tables.h"

#include "core/atomic_file.h"
#include "core/scanner.h"

namespace kiln::image {

namespace ocio = OCIO_NAMESPACE;

namespace {

constexpr int most_nodes = 129;  // per axis; OpenColorIO allows no more

// The next line that is not empty; false at the end.
bool next_line(std::string_view& text, std::string_view* line) {
  while (!text.empty()) {
    const std::size_t end = std::min(text.find('\n'), text.size());
    *line = text.substr(0, end);
    text.remove_prefix(std::min(end + 1, text.size()));
    if (!line->empty() && line->back() == '\r') {
      line->remove_suffix(1);
    }
    if (!Scanner(*line).at_end()) {
      return true;
    }
  }
  return false;
}

// A table in the format of Sony Pictures Imageworks: a title, "3 3", the sizes, then three indices
// and three values a line. Null where anything is unusual.
ocio::Lut3DTransformRcPtr parse_table(std::string_view text) {
  std::string_view line;
  int sizes[3] = {};
  if (!next_line(text, &line) || !line.starts_with("SPILUT") || !next_line(text, &line) ||
      !next_line(text, &line)) {
    return nullptr;
  }
  Scanner size_line(line);
  for (int& size : sizes) {
    if (!size_line.integer(&size)) {
      return nullptr;
    }
  }
  if (sizes[0] != sizes[1] || sizes[0] != sizes[2] || sizes[0] < 2 || sizes[0] > most_nodes) {
    return nullptr;
  }
  const ocio::Lut3DTransformRcPtr table =
      ocio::Lut3DTransform::Create(static_cast<unsigned long>(sizes[0]));
  std::int64_t count = 0;
  while (next_line(text, &line)) {
    Scanner entry(line);
    int index[3] = {};
    float value[3] = {};
    for (int& i : index) {
      if (!entry.integer(&i) || i < 0 || i >= sizes[0]) {
        return nullptr;
      }
    }
    for (float& v : value) {
      if (!entry.number(&v)) {
        return nullptr;
      }
    }
    table->setValue(static_cast<unsigned long>(index[0]), static_cast<unsigned long>(index[1]),
                    static_cast<unsigned long>(index[2]), value[0], value[1], value[2]);
    ++count;
  }
  return count == std::int64_t(sizes[0]) * sizes[0] * sizes[0] ? table : nullptr;
}

ocio::TransformRcPtr table_of(const ocio::Config& config, const ocio::FileTransform& file) {
  const std::string_view name = file.getSrc();
  if (!name.ends_with(".spi3d")) {
    return nullptr;
  }
  const Path path = config.getCurrentContext()->resolveFileLocation(file.getSrc());
  const Result<std::vector<std::byte>> bytes = read_file(path);
  if (!bytes) {
    return nullptr;
  }
  const ocio::Lut3DTransformRcPtr table =
      parse_table({reinterpret_cast<const char*>(bytes->data()), bytes->size()});
  if (table) {
    table->setInterpolation(file.getInterpolation());
    table->setDirection(file.getDirection());
  }
  return table;
}

// The transform with its tables in place of their files; null where it has none.
ocio::TransformRcPtr with_tables(const ocio::Config& config,
                                 const ocio::ConstTransformRcPtr& transform) {
  if (const auto file = ocio::DynamicPtrCast<const ocio::FileTransform>(transform)) {
    return table_of(config, *file);
  }
  const auto group = ocio::DynamicPtrCast<const ocio::GroupTransform>(transform);
  if (!group) {
    return nullptr;
  }
  const ocio::GroupTransformRcPtr result = ocio::GroupTransform::Create();
  result->setDirection(group->getDirection());
  bool is_changed = false;
  for (int i = 0; i < group->getNumTransforms(); ++i) {
    const ocio::ConstTransformRcPtr part = group->getTransform(i);
    const ocio::TransformRcPtr changed = with_tables(config, part);
    is_changed = is_changed || changed;
    result->appendTransform(changed ? changed : part->createEditableCopy());
  }
  return is_changed ? result : nullptr;
}

}  // namespace

void read_tables_into(ocio::Config& config) {
  for (int i = 0; i < config.getNumColorSpaces(); ++i) {
    const ocio::ConstColorSpaceRcPtr space =
        config.getColorSpace(config.getColorSpaceNameByIndex(i));
    for (const ocio::ColorSpaceDirection direction :
         {ocio::COLORSPACE_DIR_TO_REFERENCE, ocio::COLORSPACE_DIR_FROM_REFERENCE}) {
      const ocio::ConstTransformRcPtr transform = space->getTransform(direction);
      if (const ocio::TransformRcPtr changed =
              transform ? with_tables(config, transform) : nullptr) {
        const ocio::ColorSpaceRcPtr edited =
            config.getColorSpace(space->getName())->createEditableCopy();
        edited->setTransform(changed, direction);
        config.addColorSpace(edited);
      }
    }
  }
}

}  // namespace kiln::image
