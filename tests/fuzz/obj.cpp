// Wavefront OBJ files and their material libraries: an import or a message.
#include "damage.h"
#include "document/project.h"
#include "document/scene.h"
#include "io/obj/import.h"

namespace kiln::fuzz {
namespace {

constexpr const char* words[] = {"v ",
                                 "vt ",
                                 "vn ",
                                 "f ",
                                 "l ",
                                 "o ",
                                 "g ",
                                 "s ",
                                 "usemtl ",
                                 "mtllib m.mtl\n",
                                 "newmtl ",
                                 "map_Kd ",
                                 "Kd ",
                                 "d ",
                                 "illum ",
                                 "1",
                                 "2",
                                 "3",
                                 "-1",
                                 "/",
                                 "//",
                                 " ",
                                 "\n",
                                 "\n",
                                 "1.5",
                                 "1e40",
                                 "nan",
                                 "\\\n",
                                 "#",
                                 "1 2 3",
                                 "4 3 2 1",
                                 "0",
                                 "999999",
                                 "-",
                                 "map_Bump -bm 2 ",
                                 "off",
                                 "Ns ",
                                 "cstype ",
                                 "curv ",
                                 "end\n",
                                 "p ",
                                 "1/1/1",
                                 "2/2/2",
                                 "3/3/3",
                                 "\t",
                                 "v 0 0 0 1 1 1\n",
                                 "99999999999999999999",
                                 "Tr ",
                                 "-o ",
                                 "-s "};

std::string words_from(Choices& choices, std::size_t most) {
  std::string out;
  while (!choices.is_over() && out.size() < most) {
    out += choices.index(12) == 0 ? choices.text(6)
                                  : std::string(words[choices.index(std::size(words))]);
  }
  return out;
}

}  // namespace
}  // namespace kiln::fuzz

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace kiln;
  fuzz::World& w = fuzz::world();
  static const Document start = make_startup_document(w.registry);
  fuzz::Choices choices(data, size);
  io::obj::ImportSettings settings;
  settings.import_vertex_groups = choices.index(2) != 0;
  settings.validate_meshes = choices.index(2) != 0;
  settings.clamp_size = float(choices.index(3));
  const Path path = w.folder / "scene.obj";
  fuzz::write_file(w.folder / "m.mtl", fuzz::words_from(choices, choices.index(200)));
  fuzz::write_file(path, fuzz::words_from(choices, 4000));
  Document document = start;
  Progress progress;
  (void)io::obj::import_obj(document,
                            document.find<Scene>(document.settings().active_scene)->collection.id,
                            path, settings, nullptr, progress);
  return 0;
}
