# headroom_add_plugin(NAME SOURCE...): a loadable plugin, NAME.so, with the flags that the ABI asks for.
# Used by this tree and, installed, by whoever builds plugins outside it.
function(headroom_add_plugin name)
  add_library(${name} MODULE ${ARGN})
  set_target_properties(${name} PROPERTIES PREFIX "" SUFFIX ".so"
    C_VISIBILITY_PRESET hidden CXX_VISIBILITY_PRESET hidden)
  # The last -O wins: GCC 12 vectorises the loops over lanes at -O3 only.
  target_compile_options(${name} PRIVATE $<$<NOT:$<CONFIG:Debug>>:-O3> -ffp-contract=off -fno-math-errno)
  target_link_options(${name} PRIVATE -Wl,-z,relro,-z,now)
  # What C++ instantiates of its library would be exported in spite of the visibility asked for.
  set(exports ${CMAKE_CURRENT_BINARY_DIR}/${name}.exports)
  file(WRITE ${exports} "{ global: headroom_plugin_v1; local: *; };\n")
  target_link_options(${name} PRIVATE $<$<LINK_LANGUAGE:CXX>:-Wl,--version-script=${exports}>)
  if(NOT HEADROOM_SANITIZE) # a sanitizer's functions are in the program, not in the plugin
    target_link_options(${name} PRIVATE -Wl,-z,defs)
  endif()
  target_link_libraries(${name} PRIVATE Headroom::sdk)
endfunction()
