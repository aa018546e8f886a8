export const USAGE = `Measures how well a model tells people apart, from pictures, through the built SDK in a headless browser.

  npm run evaluate -- SOURCE [options]

Source, one of
  --people DIR        a folder for each person with that person's pictures in it: all pairs
  --images DIR --pairs FILE
                      the LFW protocol: a CSV with the header fold,a,b,same; a and b are file names below DIR
  --cfp DIR [--protocol FP|FF]
                      Celebrities in Frontal-Profile as published (Data/, Protocol/); FP, frontal against profile, is the default

  --labels FILE       CSV with the header file,group or identity,group: error rates by group
  --dataset NAME      what to call the pictures (default: the folder's name)
  --backend NAME      auto, wasm or webgl (default wasm)
  --model ID          a folder of public/models (default mobilenet-160)

Results
  --html FILE         one page with everything: charts, tables, the worst pairs as pictures. It shows people: treat it so
  --no-pictures       leaves the pictures out of the page
  --json FILE         everything, as data
  --csv FILE          operating points and curves as rows
  --discard-chart FILE
                      errors over the share of pictures that the quality score refuses, as an SVG
  --cluster N         sorts the pictures of everyone with N or more by face, and compares with who they show
  --cluster-fmr RATE  the false match rate whose threshold that takes (default 0.001)
  --protected         what protected templates cost in accuracy on the list of pairs, and whether they can be linked
  --templates         compares ways of keeping several pictures in a template: means, weighted by quality or not, and all of them. Takes minutes
  --operating-points FILE
                      operating points for createFaceVerifier({ operatingPoints }), for one picture and for several
  --write-operating-points NAME
                      writes them into the model's manifest, with NAME as the data set

Embeddings are kept as they come, so that a run that was stopped goes on where it was, and the next one only reads them:
  .cache/evaluate/    in this folder, one file for each model and folder of pictures. EMBEDDINGS ARE BIOMETRIC DATA of the people in the
                      pictures: delete that folder when you delete the pictures
  --fresh             embeds everything anew, and drops what was kept
  --no-cache          neither reads nor keeps any
`;
